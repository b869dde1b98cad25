/** Pages about what runs: an overview, workflows and their runs, incidents, channels, and the drill. */
@NullMarked
package dev.averment.server.console.flow;

import org.jspecify.annotations.NullMarked;
