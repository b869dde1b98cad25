/**
 * {@code token-scope}: a token for each scope, on every route of the running application, and tokens that have expired.
 */
@NullMarked
package dev.averment.checks.tokenscope;

import org.jspecify.annotations.NullMarked;
