/**
 * The published control matrix. Shows that every public claim has a row with an owner, a posture and a proof that opens and
 * speaks of it; does not show that the posture is right, which is the business of the claim's own checks.
 */
@NullMarked
package dev.averment.checks.controlmatrix;

import org.jspecify.annotations.NullMarked;
