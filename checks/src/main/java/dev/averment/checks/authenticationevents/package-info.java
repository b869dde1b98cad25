/**
 * {@code authentication-events}: causes every outcome of authentication that can be caused from outside, and counts the entries
 * that each left in the log.
 */
@NullMarked
package dev.averment.checks.authenticationevents;

import org.jspecify.annotations.NullMarked;
