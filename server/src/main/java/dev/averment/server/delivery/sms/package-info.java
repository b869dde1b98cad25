/** Gateways that send text messages. */
@NullMarked
package dev.averment.server.delivery.sms;

import org.jspecify.annotations.NullMarked;
