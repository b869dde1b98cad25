/** Discord's webhooks. */
@NullMarked
package dev.averment.server.delivery.discord;

import org.jspecify.annotations.NullMarked;
