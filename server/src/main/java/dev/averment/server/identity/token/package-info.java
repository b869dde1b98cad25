/** Tokens with which programs act in a workspace. */
@NullMarked
package dev.averment.server.identity.token;

import org.jspecify.annotations.NullMarked;
