/** {@code review-required}: closing incidents that nobody has reviewed, by every way, and reviews that come late. */
@NullMarked
package dev.averment.checks.reviewrequired;

import org.jspecify.annotations.NullMarked;
