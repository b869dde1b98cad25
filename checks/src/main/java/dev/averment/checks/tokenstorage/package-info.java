/**
 * {@code token-storage}: makes a token for programs, holds what is kept of it against its digest, and searches every
 * table for it.
 */
@NullMarked
package dev.averment.checks.tokenstorage;

import org.jspecify.annotations.NullMarked;
