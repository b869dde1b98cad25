/** Mail. */
@NullMarked
package dev.averment.server.delivery.email;

import org.jspecify.annotations.NullMarked;
