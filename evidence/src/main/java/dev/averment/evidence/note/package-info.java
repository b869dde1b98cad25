/**
 * C2SP signed notes (signed-note v1.0.0) and checkpoints (tlog-checkpoint v1.0.0) with Ed25519 keys.
 *
 * <p>A note is text plus signature lines. Whoever opens one brings the keys: lines by keys that he does not know are
 * ignored, a line by a key that he does know must verify, and at least one such line must be there.
 */
@NullMarked
package dev.averment.evidence.note;

import org.jspecify.annotations.NullMarked;
