/** The workspace's own inbox. */
@NullMarked
package dev.averment.server.delivery.inbox;

import org.jspecify.annotations.NullMarked;
