/**
 * {@code hardware-factor}: the hardware keys of every operator, and how far one gets with a lesser factor.
 */
@NullMarked
package dev.averment.checks.hardwarefactor;

import org.jspecify.annotations.NullMarked;
