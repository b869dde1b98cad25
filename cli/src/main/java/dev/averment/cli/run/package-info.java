/** {@code aver run}: a job under the eyes of its monitor. */
@NullMarked
package dev.averment.cli.run;

import org.jspecify.annotations.NullMarked;
