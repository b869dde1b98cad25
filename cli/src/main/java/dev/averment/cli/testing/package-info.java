/** What {@code aver test} says at its end. */
@NullMarked
package dev.averment.cli.testing;

import org.jspecify.annotations.NullMarked;
