/** What the process says of itself, and where that goes. */
@NullMarked
package dev.averment.server.telemetry;

import org.jspecify.annotations.NullMarked;
