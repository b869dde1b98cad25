/** What leaves the server by itself: mail, and requests to addresses that users configured. */
@NullMarked
package dev.averment.server.outbound;

import org.jspecify.annotations.NullMarked;
