/**
 * {@code session-revocation}: ends sessions in every way there is, and uses the older ones at once: by access token, by refresh
 * token and by whatever cookie opens the account, on every server of the service.
 */
@NullMarked
package dev.averment.checks.sessionrevocation;

import org.jspecify.annotations.NullMarked;
