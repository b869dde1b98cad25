package dev.averment.server.evidence;

import dev.averment.evidence.merkle.Hash;
import java.util.UUID;

/** What a writer of a leaf holds in hand: enough to notice later that the leaf never reached the log. */
public record Receipt(UUID leaf, Hash leafHash, String origin) {}
