/** {@code aver}: one class a command. Machine output goes to standard output, progress to standard error. */
@NullMarked
package dev.averment.cli;

import org.jspecify.annotations.NullMarked;
