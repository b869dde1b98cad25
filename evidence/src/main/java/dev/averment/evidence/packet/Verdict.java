package dev.averment.evidence.packet;

import java.util.Locale;

/** What was known of a claim when the packet was made. */
public enum Verdict {
    PROVEN,
    ATTESTED,
    EXEMPT,
    STALE,
    UNPROVEN,
    FAILING;

    /** As it is written in files: lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it says that something held until {@code expires}: such a verdict lapses when that time has passed. */
    public boolean lapses() {
        return this == PROVEN || this == ATTESTED || this == EXEMPT;
    }

    /** Whether it rests on entries of the log, and means nothing without them. */
    public boolean needsEvidence() {
        return this == PROVEN || this == ATTESTED;
    }

    static Verdict parse(String word) throws PacketException {
        for (Verdict verdict : values()) {
            if (verdict.word().equals(word)) {
                return verdict;
            }
        }
        throw new PacketException("unknown verdict \"" + word + "\"");
    }
}
