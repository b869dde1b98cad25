package dev.averment.claims;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What changed from one revision of a page to the next.
 *
 * @param changes claims in the order of the newer page, withdrawn ones last
 * @param policy  policy values that moved
 * @param undated the file changed and bears the same date, or an earlier one: readers could not tell the two apart
 */
public record PageDiff(Page before, Page after, List<ClaimChange> changes, List<FigureChange> policy, boolean undated) {
    public PageDiff {
        changes = List.copyOf(changes);
        policy = List.copyOf(policy);
    }

    public static PageDiff between(Page before, Page after) {
        List<ClaimChange> changes = new ArrayList<>();
        Map<String, Claim> old = byId(before);
        Map<String, Claim> now = byId(after);
        now.forEach((id, claim) -> {
            Claim was = old.get(id);
            if (was == null) {
                changes.add(new ClaimChange(id, ClaimChange.Kind.ADDED, null, claim, List.of(), "new claim"));
            } else {
                new ClaimComparison(was, claim).into(changes);
            }
        });
        old.forEach((id, claim) -> {
            if (!now.containsKey(id)) {
                changes.add(new ClaimChange(
                        id, ClaimChange.Kind.WITHDRAWN, claim, null, List.of(), "no longer on the page"));
            }
        });
        boolean undated =
                !Arrays.equals(before.source(), after.source()) && !after.asOf().isAfter(before.asOf());
        return new PageDiff(before, after, changes, policyChanges(before, after), undated);
    }

    /** True when nothing that a reader or a check could notice differs. */
    public boolean isEmpty() {
        return changes.isEmpty() && policy.isEmpty();
    }

    /** The lines that this change leaves on the page for good, dated {@code asOf} of the newer page, in {@code lang}. */
    public List<PermanentLine> permanentLines(String lang) {
        return permanentLines(lang, after.asOf());
    }

    /** As {@link #permanentLines(String)}, dated by whoever knows when the page was really published. */
    public List<PermanentLine> permanentLines(String lang, LocalDate date) {
        Wording then = Wording.of(before);
        Wording now = Wording.of(after);
        return changes.stream()
                .filter(change -> change.kind().permanent() && change.before() != null)
                .filter(change -> Objects.requireNonNull(change.before()).audience() == Audience.PUBLIC)
                .map(change -> {
                    Claim was = Objects.requireNonNull(change.before());
                    Claim is = change.kind() == ClaimChange.Kind.WITHDRAWN ? null : change.after();
                    return new PermanentLine(
                            date,
                            change.claim(),
                            change.kind(),
                            then.sentence(was, lang),
                            is == null ? null : now.sentence(is, lang));
                })
                .toList();
    }

    private static Map<String, Claim> byId(Page page) {
        return page.claims().stream()
                .collect(Collectors.toMap(Claim::id, claim -> claim, (first, second) -> first, LinkedHashMap::new));
    }

    private static List<FigureChange> policyChanges(Page before, Page after) {
        Map<String, Object> was = flatten("policy", before.policy());
        Map<String, Object> is = flatten("policy", after.policy());
        return moved(was, is);
    }

    /** Paths whose value differs, each with its direction. */
    static List<FigureChange> moved(Map<String, Object> before, Map<String, Object> after) {
        Set<String> paths = new LinkedHashSet<>(before.keySet());
        paths.addAll(after.keySet());
        List<FigureChange> moved = new ArrayList<>();
        for (String path : paths) {
            Object was = before.get(path);
            Object is = after.get(path);
            if (!same(was, is)) {
                moved.add(new FigureChange(path, text(was), text(is), Direction.of(path, was, is)));
            }
        }
        return moved;
    }

    static boolean same(@Nullable Object before, @Nullable Object after) {
        if (before == null || after == null || before instanceof List || after instanceof List) {
            return Objects.equals(before, after);
        }
        // By their text: a loaded page holds numbers and switches where a parsed one may hold the parameter's text.
        return before.toString().equals(after.toString())
                || (!(Figure.parse(before.toString()) instanceof Figure.Words)
                        && Figure.parse(before.toString()).same(Figure.parse(after.toString())));
    }

    static @Nullable String text(@Nullable Object value) {
        return value instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
                : value == null ? null : value.toString();
    }

    /** Leaves of nested maps by their dotted path; lists are leaves. */
    static Map<String, Object> flatten(String prefix, Map<?, ?> map) {
        Map<String, Object> flat = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String path = prefix + "." + key;
            if (value instanceof Map<?, ?> inner) {
                flat.putAll(flatten(path, inner));
            } else if (value != null) {
                flat.put(path, value);
            }
        });
        return flat;
    }
}
