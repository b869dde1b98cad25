/** Who is told of what, how: channels, deliveries to them, and every attempt of one. */
@NullMarked
package dev.averment.server.delivery;

import org.jspecify.annotations.NullMarked;
