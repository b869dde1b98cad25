/** How often somebody may do something. */
@NullMarked
package dev.averment.server.limits;

import org.jspecify.annotations.NullMarked;
