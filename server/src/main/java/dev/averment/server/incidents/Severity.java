package dev.averment.server.incidents;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How grave an incident is, the gravest first. */
public enum Severity {
    P1,
    P2,
    P3;

    public static Optional<Severity> parse(String word) {
        return Arrays.stream(values()).filter(s -> s.name().equals(word)).findFirst();
    }

    Severity gravest(Severity other) {
        return compareTo(other) <= 0 ? this : other;
    }

    /** Whether an incident that ever was this grave is closed only after a review. */
    boolean reviewed() {
        return this != P3;
    }

    /** As alerts say it. */
    String urgency() {
        return switch (this) {
            case P1 -> "critical";
            case P2 -> "error";
            case P3 -> "warning";
        };
    }

    /** The rule of the clock by which somebody has to answer. */
    String responseRule() {
        return "incident-response-" + name().toLowerCase(Locale.ROOT);
    }
}
