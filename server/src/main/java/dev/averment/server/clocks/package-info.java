/** Terms and business calendars, and the clocks that run by them. */
@NullMarked
package dev.averment.server.clocks;

import org.jspecify.annotations.NullMarked;
