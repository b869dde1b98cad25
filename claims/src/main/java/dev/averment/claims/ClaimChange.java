package dev.averment.claims;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one claim between two revisions; a claim may have several.
 *
 * @param before  the claim as it was; null when it is new
 * @param after   the claim as it is; null when it is gone
 * @param figures the figures that moved, for the kinds about figures
 * @param detail  one clause for the page's history
 */
public record ClaimChange(
        String claim,
        Kind kind,
        @Nullable Claim before,
        @Nullable Claim after,
        List<FigureChange> figures,
        String detail) {
    public ClaimChange {
        figures = List.copyOf(figures);
    }

    /** The ways in which a claim changes. */
    public enum Kind {
        ADDED,
        /** Gone from the page, or no longer shown to those who could read it. */
        WITHDRAWN,
        /** Another sentence. */
        REWORDED,
        /** Promises less than before. */
        LOOSENED,
        /** Promises more than before. */
        TIGHTENED,
        /** A figure moved in a direction that nobody can name, or owner, section or mapping changed. */
        CHANGED,
        /** Proven by other checks, at other times, or by looking elsewhere. */
        REBOUND,
        /** Waived, or waived for longer. */
        EXEMPTED;

        /** True for what leaves a dated line on the page for good. */
        public boolean permanent() {
            return this == WITHDRAWN || this == LOOSENED;
        }
    }
}
