/** {@code job-faults}. */
@NullMarked
package dev.averment.checks.jobfaults;

import org.jspecify.annotations.NullMarked;
