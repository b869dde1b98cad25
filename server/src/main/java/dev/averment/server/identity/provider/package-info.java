/** Signing in with an account that somebody has elsewhere. */
@NamedInterface("provider")
@NullMarked
package dev.averment.server.identity.provider;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
