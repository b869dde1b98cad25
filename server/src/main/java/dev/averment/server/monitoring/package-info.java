/** Watched workflows: what was heard of them, their runs, and what follows when one is late, fails or comes back. */
@NullMarked
package dev.averment.server.monitoring;

import org.jspecify.annotations.NullMarked;
