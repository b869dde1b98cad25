/**
 * DSSE envelopes around in-toto Statements v1, in Sigstore bundles v0.3 with a public key: what stock verifiers read.
 *
 * <p>The key always comes from outside. A bundle names its key by a hint, and the hint decides nothing.
 */
@NullMarked
package dev.averment.evidence.dsse;

import org.jspecify.annotations.NullMarked;
