/** What people show beside a password, or instead of one: authenticator apps, recovery codes, passkeys. */
@NullMarked
package dev.averment.server.identity.factor;

import org.jspecify.annotations.NullMarked;
