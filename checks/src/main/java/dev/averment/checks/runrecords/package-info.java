/** {@code run-records}: what is written down of a run: its id, every change of its state, and what people note about it. */
@NullMarked
package dev.averment.checks.runrecords;

import org.jspecify.annotations.NullMarked;
