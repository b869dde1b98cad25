/**
 * A demo workspace: small workflows that the server really does, watched like anybody's, and a drill that makes one of them fail.
 */
@NullMarked
package dev.averment.server.drill;

import org.jspecify.annotations.NullMarked;
