/** Deadlines: how long somebody has, by the clock or by the calendar of those who work. */
@NullMarked
package dev.averment.server.clocks;

import org.jspecify.annotations.NullMarked;
