/** Slack's incoming webhooks. */
@NullMarked
package dev.averment.server.delivery.slack;

import org.jspecify.annotations.NullMarked;
