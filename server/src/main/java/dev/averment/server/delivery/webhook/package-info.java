/** Webhooks with signatures as Standard Webhooks 1.0.0 has them. */
@NullMarked
package dev.averment.server.delivery.webhook;

import org.jspecify.annotations.NullMarked;
