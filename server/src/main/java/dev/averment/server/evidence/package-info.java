/**
 * The evidence log over PostgreSQL. Three words are kept apart everywhere: a leaf is <em>sequenced</em> when its row is
 * committed and queued, <em>integrated</em> when it has its place in the tree, <em>published</em> when a signed
 * checkpoint that covers it went out.
 */
@NullMarked
package dev.averment.server.evidence;

import org.jspecify.annotations.NullMarked;
