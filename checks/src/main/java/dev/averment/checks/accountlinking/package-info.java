/**
 * {@code account-linking}: who gets an account linked with somebody at a provider, and how such a link goes.
 */
@NullMarked
package dev.averment.checks.accountlinking;

import org.jspecify.annotations.NullMarked;
