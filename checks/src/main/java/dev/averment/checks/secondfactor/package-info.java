/**
 * {@code second-factor}: the second factors of every operator, and how far one gets without.
 */
@NullMarked
package dev.averment.checks.secondfactor;

import org.jspecify.annotations.NullMarked;
