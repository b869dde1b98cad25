/** {@code stream-isolation}: whether whoever follows one tenant's events ever sees another's. */
@NullMarked
package dev.averment.checks.streamisolation;

import org.jspecify.annotations.NullMarked;
