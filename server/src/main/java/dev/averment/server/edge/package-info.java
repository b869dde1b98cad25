/** Where requests come in: listeners, the headers that every answer bears, who may call what, how errors look. */
@NullMarked
package dev.averment.server.edge;

import org.jspecify.annotations.NullMarked;
