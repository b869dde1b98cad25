/** {@code rate-limit}: goes on trying until it is refused, and reads what the refusal says of when to come back. */
@NullMarked
package dev.averment.checks.ratelimit;

import org.jspecify.annotations.NullMarked;
