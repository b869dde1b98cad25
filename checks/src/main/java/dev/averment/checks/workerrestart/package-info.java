/** {@code worker-restart}. */
@NullMarked
package dev.averment.checks.workerrestart;

import org.jspecify.annotations.NullMarked;
