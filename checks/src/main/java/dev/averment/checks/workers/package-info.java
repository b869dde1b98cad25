/** Workers that are killed while they have jobs, and what becomes of these. */
@NullMarked
package dev.averment.checks.workers;

import org.jspecify.annotations.NullMarked;
