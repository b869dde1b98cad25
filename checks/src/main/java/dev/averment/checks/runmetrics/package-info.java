/** {@code run-metrics}: what a run reports of itself, what is measured of it, and what becomes of one that lacks something. */
@NullMarked
package dev.averment.checks.runmetrics;

import org.jspecify.annotations.NullMarked;
