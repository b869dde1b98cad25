/** Tokens with which programs act in a workspace. */
@NamedInterface("token")
@NullMarked
package dev.averment.server.identity.token;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
