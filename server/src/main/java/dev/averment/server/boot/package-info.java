/** From a command line to a running server: options, preparation, the application, and what it prints. */
@NullMarked
package dev.averment.server.boot;

import org.jspecify.annotations.NullMarked;
