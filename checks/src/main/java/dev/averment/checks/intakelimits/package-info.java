/** {@code intake-limits}: goes on sending what the service takes in from outside until it takes no more. */
@NullMarked
package dev.averment.checks.intakelimits;

import org.jspecify.annotations.NullMarked;
