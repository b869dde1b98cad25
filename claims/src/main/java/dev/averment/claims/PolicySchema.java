package dev.averment.claims;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a page's policy and what each may hold; {@code page.schema.json} publishes the same. */
final class PolicySchema {

    /** What a policy value may be. */
    sealed interface Rule {}

    enum Value implements Rule {
        /** {@code 15m}. */
        DURATION,
        /** {@code 15m}, or business days as {@code 5bd}. */
        DEADLINE,
        /** {@code 64MiB}. */
        SIZE,
        /** {@code 03:00Z}. */
        TIME,
        INTEGER,
        BOOLEAN,
        /** A whole number, a duration, a size, or a rate such as {@code 10/1m}. */
        LIMIT,
        TEXT
    }

    /** One of these words, in any case; kept as spelled here. */
    record OneOf(List<String> words) implements Rule {}

    /** These keys and no other. */
    record Group(Map<String, Rule> keys) implements Rule {}

    /** Any key: names that the page chooses. */
    record Named(Rule value, boolean nests) implements Rule {}

    /** A list of texts. */
    record Texts() implements Rule {}

    static final Group ROOT = new Group(keys(
            "passwords",
            new Group(keys(
                    "hash", new OneOf(List.of("argon2id", "scrypt", "bcrypt")),
                    "memory", Value.SIZE,
                    "time", Value.INTEGER,
                    "parallelism", Value.INTEGER,
                    "cost", Value.INTEGER)),
            "sessions",
            new Group(keys(
                    "cookieSameSite", new OneOf(List.of("Lax", "Strict")),
                    "accessTokenLifetime", Value.DURATION,
                    "idle", Value.DURATION,
                    "absolute", Value.DURATION)),
            "tls",
            new Group(keys("min", new OneOf(List.of("1.0", "1.1", "1.2", "1.3")))),
            "hsts",
            new Group(keys("maxAge", Value.DURATION, "includeSubDomains", Value.BOOLEAN)),
            "database",
            new Group(keys("transport", new OneOf(List.of("tls", "tls-client-certificate")))),
            "backups",
            new Group(keys(
                    "retention", Value.DURATION, "full", Value.TIME, "rpo", Value.DURATION, "rto", Value.DURATION)),
            "incidents",
            new Named(Value.DEADLINE, true),
            "disclosure",
            new Group(keys(
                    "acknowledge", Value.DEADLINE,
                    "assess", Value.DEADLINE,
                    "answer", Value.DEADLINE,
                    "fix", Value.DEADLINE)),
            "retention",
            new Named(Value.DURATION, false),
            "regions",
            new Texts(),
            "services",
            new Group(keys("tokenLifetime", Value.DURATION)),
            "operators",
            new Group(keys("factor", new OneOf(List.of("any", "totp", "webauthn", "hardware")))),
            "limits",
            new Named(Value.LIMIT, true)));

    private PolicySchema() {}

    private static Map<String, Rule> keys(Object... namesAndRules) {
        Map<String, Rule> keys = new LinkedHashMap<>();
        for (int i = 0; i < namesAndRules.length; i += 2) {
            keys.put((String) namesAndRules[i], (Rule) namesAndRules[i + 1]);
        }
        return keys;
    }
}
