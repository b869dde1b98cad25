/** What leaves the server by itself: mail today. */
@NullMarked
package dev.averment.server.outbound;

import org.jspecify.annotations.NullMarked;
