/**
 * {@code totp}: enrols an authenticator app, shows codes twice, too early and too late, and looks at what is kept of it.
 */
@NullMarked
package dev.averment.checks.totp;

import org.jspecify.annotations.NullMarked;
