/** Running checks: one binding at a time, within limits, every failure turned into an observation. */
@NullMarked
package dev.averment.checks.prove;

import org.jspecify.annotations.NullMarked;
