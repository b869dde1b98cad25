package dev.averment.claims;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/**
 * What is known about a claim, best first. The order is the lattice: the worst verdict of a claim's checks is the
 * claim's verdict, so that one failing check can't hide behind ten that pass.
 */
public enum Verdict {
    /** A fresh observation met the expectation, over at least one subject. */
    PROVEN,
    /** A named person stands behind it, dated and expiring. */
    ATTESTED,
    /** Waived in public until a date, with a reason. */
    EXEMPT,
    /** The last proof is too old. */
    STALE,
    /** No data, or the check itself broke. */
    UNPROVEN,
    /** The observation refutes the claim. */
    FAILING;

    /** The worst of {@code verdicts}; {@link #UNPROVEN} when there are none, because silence is never green. */
    public static Verdict worst(Collection<Verdict> verdicts) {
        return verdicts.stream().max(Comparator.naturalOrder()).orElse(UNPROVEN);
    }

    /** True for the verdicts under which a page may say that the sentence holds. */
    public boolean holds() {
        return this == PROVEN || this == ATTESTED || this == EXEMPT;
    }

    /** The word used in files, tables, metrics and on the page. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
