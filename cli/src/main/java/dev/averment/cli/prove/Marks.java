package dev.averment.cli.prove;

import dev.averment.claims.Verdict;

/** A verdict's shape and colour in a terminal; the shapes are the page's, and the word always stands beside them. */
final class Marks {
    private static final String PLAIN = "\u001b[0m";

    private Marks() {}

    static String mark(Verdict verdict) {
        return switch (verdict) {
            case PROVEN -> "●";
            case ATTESTED -> "◉";
            case EXEMPT -> "◌";
            case STALE -> "◐";
            case UNPROVEN -> "○";
            case FAILING -> "■";
        };
    }

    /** {@code text} in the verdict's colour. What holds is quiet; the loudest thing is what is wrong. */
    static String coloured(Verdict verdict, String text, boolean colour) {
        if (!colour) {
            return text;
        }
        String code = switch (verdict) {
            case PROVEN, ATTESTED -> "\u001b[32m";
            case EXEMPT -> "\u001b[36m";
            case STALE, UNPROVEN -> "\u001b[33m";
            case FAILING -> "\u001b[1;31m";
        };
        return code + text + PLAIN;
    }
}
