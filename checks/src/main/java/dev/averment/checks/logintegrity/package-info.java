/**
 * The evidence log itself. Shows that the signed checkpoint, the tiles and the stored entries agree, and that the
 * application's role can alter nothing; does not show, by itself, that history was not rewritten together with the
 * signature: for that the reader needs a checkpoint from before.
 */
@NullMarked
package dev.averment.checks.logintegrity;

import org.jspecify.annotations.NullMarked;
