/**
 * RFC 8785 canonical JSON over a small immutable value model.
 *
 * <p>Every value that the model admits writes to exactly one byte sequence, and that sequence parses back to an equal
 * value. Whatever would break that (duplicate keys, lone surrogates, integers that a double cannot hold) is refused at
 * the door, because two readers that disagree on a document is how a signature comes to cover something else.
 */
@NullMarked
package dev.averment.evidence.json;

import org.jspecify.annotations.NullMarked;
