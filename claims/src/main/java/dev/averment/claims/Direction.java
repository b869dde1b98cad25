package dev.averment.claims;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which way a promise moved. Derived from how the expectation uses the figure: a larger {@code max} promises less, a larger
 * {@code min} promises more. What the table does not know is {@link #CHANGED}, never guessed.
 */
public enum Direction {
    LOOSENED,
    TIGHTENED,
    CHANGED;

    /** Upper bounds: more is looser. Matched against the last word of a key, so {@code maxAge} counts as {@code max}. */
    private static final List<String> UPPER =
            List.of("max", "maxage", "maxvalidity", "within", "atmost", "lifetime", "rpo", "rto", "idle", "absolute");

    /** Lower bounds: less is looser. */
    private static final List<String> LOWER =
            List.of("min", "minage", "minentries", "atleast", "sample", "memory", "time", "parallelism", "cost");

    /** Lists of what is demanded: an item gone is a demand gone. */
    private static final Set<String> DEMANDED = Set.of("fields", "require", "words", "headers");

    /** Lists of what is tolerated: an item more is a demand less. */
    private static final Set<String> TOLERATED = Set.of("status", "allow", "allowed", "except", "ignore");

    /** Policy keys whose meaning differs from an expectation's key of the same name. */
    private static final Map<String, Direction> LARGER_POLICY = Map.ofEntries(
            Map.entry("policy.hsts.maxAge", TIGHTENED),
            Map.entry("policy.tls.min", TIGHTENED),
            Map.entry("policy.sessions.accessTokenLifetime", LOOSENED),
            Map.entry("policy.services.tokenLifetime", LOOSENED),
            Map.entry("policy.backups.retention", CHANGED), // kept longer is safer for one reader, worse for another
            Map.entry("policy.disclosure.acknowledge", LOOSENED),
            Map.entry("policy.disclosure.assess", LOOSENED),
            Map.entry("policy.disclosure.answer", LOOSENED),
            Map.entry("policy.disclosure.fix", LOOSENED));

    /**
     * @param path   keys from the root of the expectation (or {@code policy…}), joined by dots
     * @param before null when the key was not there
     * @param after  null when the key is gone
     */
    static Direction of(String path, @Nullable Object before, @Nullable Object after) {
        String key = path.substring(path.lastIndexOf('.') + 1);
        boolean tolerated = TOLERATED.contains(key);
        if (before == null || after == null) {
            return tolerated ? CHANGED : after == null ? LOOSENED : TIGHTENED;
        }
        if (before instanceof Boolean was && after instanceof Boolean is) {
            return was && !is ? LOOSENED : TIGHTENED;
        }
        if (before instanceof Collection<?> was && after instanceof Collection<?> is) {
            return lists(key, was, is);
        }
        OptionalInt order = Figure.parse(after.toString()).compare(Figure.parse(before.toString()));
        if (order.isEmpty() || order.getAsInt() == 0) {
            return CHANGED;
        }
        Direction larger = larger(path, key);
        return larger == CHANGED || order.getAsInt() > 0 ? larger : larger == LOOSENED ? TIGHTENED : LOOSENED;
    }

    private static Direction larger(String path, String key) {
        Direction policy = LARGER_POLICY.get(path);
        if (policy != null) {
            return policy;
        }
        if (path.startsWith("policy.incidents.")) {
            return LOOSENED; // every clock of an incident is a deadline
        }
        String word = key.toLowerCase(Locale.ROOT);
        if (UPPER.contains(word) || key.startsWith("max") || word.endsWith("lifetime")) {
            return LOOSENED;
        }
        return LOWER.contains(word) || key.startsWith("min") ? TIGHTENED : CHANGED;
    }

    private static Direction lists(String key, Collection<?> before, Collection<?> after) {
        boolean lost = !after.containsAll(before);
        boolean gained = !before.containsAll(after);
        if (lost == gained) {
            return CHANGED;
        }
        if (TOLERATED.contains(key)) {
            return gained ? LOOSENED : TIGHTENED;
        }
        return DEMANDED.contains(key) ? (lost ? LOOSENED : TIGHTENED) : CHANGED;
    }
}
