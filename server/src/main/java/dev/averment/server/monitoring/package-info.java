/** Watched workflows: when their runs are due. */
@NullMarked
package dev.averment.server.monitoring;

import org.jspecify.annotations.NullMarked;
