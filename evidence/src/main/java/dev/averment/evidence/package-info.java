/** Canonical JSON, Merkle tiles, signed notes, packets and their verifiers; nothing here needs more than the JDK. */
@NullMarked
package dev.averment.evidence;

import org.jspecify.annotations.NullMarked;
