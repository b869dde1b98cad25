/** What the checks of limits share: something that is tried until it is refused. */
@NullMarked
package dev.averment.checks.tries;

import org.jspecify.annotations.NullMarked;
