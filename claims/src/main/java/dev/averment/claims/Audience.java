package dev.averment.claims;

import java.util.Locale;

/**
 * Who may read a claim: everybody, whom the operator gives a packet, or members of the workspace alone. In order: a reader
 * of one sees the claims of those before it, too.
 */
public enum Audience {
    PUBLIC,
    PACKET,
    INTERNAL;

    /** Whether a reader of this audience may read a claim for {@code other}. */
    public boolean mayRead(Audience other) {
        return other.compareTo(this) <= 0;
    }

    /** As the page file has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
