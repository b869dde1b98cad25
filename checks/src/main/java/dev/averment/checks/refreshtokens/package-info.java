/**
 * {@code refresh-tokens}: exchanges a refresh token twice, then shows the first one again, as somebody who had copied it would,
 * and sees that nothing of that sign-in works any more.
 */
@NullMarked
package dev.averment.checks.refreshtokens;

import org.jspecify.annotations.NullMarked;
