/**
 * {@code operator-promotion}: as a normal user, calls every route that changes something with everything that could make somebody
 * an operator, and as each role of the running service tries to write the mark itself.
 */
@NullMarked
package dev.averment.checks.operatorpromotion;

import org.jspecify.annotations.NullMarked;
