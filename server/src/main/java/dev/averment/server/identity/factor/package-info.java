/** What people show beside a password, or instead of one: authenticator apps, recovery codes, passkeys. */
@NamedInterface("factor")
@NullMarked
package dev.averment.server.identity.factor;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
