/** What services sign with when they call each other, and on whose behalf they do. */
@NullMarked
package dev.averment.server.identity.actor;

import org.jspecify.annotations.NullMarked;
