/**
 * The evidence log's entries: leaf v1, canonical JSON with the log's origin and a nonce, and salted disclosures beside it.
 *
 * <p>A leaf never holds personal values. It holds a salted digest of each ({@code _sd}), and the value lives, erasable, in
 * a {@link dev.averment.evidence.leaf.Disclosure} elsewhere: deleting value and salt leaves every proof valid. The scheme
 * is that of SD-JWT (RFC 9901) with a path in place of the claim name.
 */
@NullMarked
package dev.averment.evidence.leaf;

import org.jspecify.annotations.NullMarked;
