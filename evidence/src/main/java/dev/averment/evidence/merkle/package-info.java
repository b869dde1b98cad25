/**
 * The Merkle tree of RFC 6962 / RFC 9162, laid out as C2SP tlog-tiles v0.1.0.
 *
 * <p>Leaf hash SHA-256(0x00 || bytes), node hash SHA-256(0x01 || left || right), odd sizes split at the largest power of
 * two below the size. {@link dev.averment.evidence.merkle.TreeEdge} is the writer's side (batch in, changed tiles and
 * new root out), {@link dev.averment.evidence.merkle.Prover} makes proofs from tiles, {@link
 * dev.averment.evidence.merkle.Proofs} checks them and trusts nobody.
 */
@NullMarked
package dev.averment.evidence.merkle;

import org.jspecify.annotations.NullMarked;
