/** Work in the background that comes again and again, started and stopped with the server. */
@NullMarked
package dev.averment.server.loop;

import org.jspecify.annotations.NullMarked;
