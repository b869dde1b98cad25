package dev.averment.claims;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares one claim with its earlier self. */
final class ClaimComparison {
    private final Claim before;
    private final Claim after;
    private final Map<String, CheckBinding> checksBefore;
    private final Map<String, CheckBinding> checksAfter;

    ClaimComparison(Claim before, Claim after) {
        this.before = before;
        this.after = after;
        this.checksBefore = byId(before);
        this.checksAfter = byId(after);
    }

    private static Map<String, CheckBinding> byId(Claim claim) {
        return claim.checks().stream()
                .collect(Collectors.toMap(CheckBinding::id, check -> check, (a, b) -> a, LinkedHashMap::new));
    }

    void into(List<ClaimChange> changes) {
        if (after.audience().compareTo(before.audience()) > 0) {
            add(changes, ClaimChange.Kind.WITHDRAWN, List.of(), "no longer shown to the same readers");
        } else if (after.audience() != before.audience()) {
            add(changes, ClaimChange.Kind.CHANGED, List.of(), "shown to more readers");
        }
        if (!before.text().equals(after.text())) {
            add(changes, ClaimChange.Kind.REWORDED, List.of(), "another wording");
        }
        figures(changes);
        List<String> rebound = rebound();
        if (!rebound.isEmpty()) {
            add(changes, ClaimChange.Kind.REBOUND, List.of(), String.join("; ", rebound));
        }
        if (waivedLonger(before.exemption(), after.exemption())) {
            add(
                    changes,
                    ClaimChange.Kind.EXEMPTED,
                    List.of(),
                    "waived until " + Objects.requireNonNull(after.exemption()).until());
        } else if (!Objects.equals(before.exemption(), after.exemption())) {
            add(changes, ClaimChange.Kind.CHANGED, List.of(), "its waiver changed");
        }
        if (!before.owner().equals(after.owner())
                || !before.section().equals(after.section())
                || !before.maps().equals(after.maps())
                || !Objects.equals(before.ledger(), after.ledger())
                || !before.selftests().equals(after.selftests())) {
            add(changes, ClaimChange.Kind.CHANGED, List.of(), "owner, section, mapping or self-tests changed");
        }
    }

    private void add(List<ClaimChange> changes, ClaimChange.Kind kind, List<FigureChange> figures, String detail) {
        changes.add(new ClaimChange(after.id(), kind, before, after, figures, detail));
    }

    private static boolean waivedLonger(@Nullable Exemption before, @Nullable Exemption after) {
        return after != null && (before == null || after.until().isAfter(before.until()));
    }

    /** One change a direction, so that a figure tightened elsewhere cannot hide one that was loosened. */
    private void figures(List<ClaimChange> changes) {
        Map<Direction, List<FigureChange>> moved = new EnumMap<>(Direction.class);
        for (FigureChange change : movedFigures()) {
            moved.computeIfAbsent(change.direction(), direction -> new ArrayList<>())
                    .add(change);
        }
        moved.forEach((direction, figures) -> {
            ClaimChange.Kind kind = switch (direction) {
                case LOOSENED -> ClaimChange.Kind.LOOSENED;
                case TIGHTENED -> ClaimChange.Kind.TIGHTENED;
                case CHANGED -> ClaimChange.Kind.CHANGED;
            };
            String detail = figures.stream()
                    .map(figure -> figure.name() + " from " + shown(figure.before()) + " to " + shown(figure.after()))
                    .collect(Collectors.joining("; "));
            add(changes, kind, figures, detail);
        });
    }

    private static String shown(@Nullable String value) {
        return value == null ? "nothing" : value;
    }

    private List<FigureChange> movedFigures() {
        List<FigureChange> figures = new ArrayList<>();
        Set<String> explained = new HashSet<>();
        checksBefore.forEach((id, was) -> {
            CheckBinding is = checksAfter.get(id);
            if (is != null && is.type().equals(was.type())) {
                for (FigureChange change : PageDiff.moved(
                        PageDiff.flatten("expect", was.expect()), PageDiff.flatten("expect", is.expect()))) {
                    String param = paramOf(change);
                    if (param != null) {
                        explained.add(param);
                    }
                    figures.add(
                            param == null
                                    ? change
                                    : new FigureChange(param, change.before(), change.after(), change.direction()));
                }
            }
        });
        Set<String> names = new LinkedHashSet<>(before.params().keySet());
        names.addAll(after.params().keySet());
        for (String name : names) {
            String was = before.params().get(name);
            String is = after.params().get(name);
            boolean inText = was != null && is != null;
            if (inText && !explained.contains(name) && !PageDiff.same(was, is)) {
                figures.add(new FigureChange(name, was, is, Direction.of("param." + name, was, is)));
            }
        }
        return List.copyOf(new LinkedHashSet<>(figures));
    }

    /** The parameter that carried the figure before and carries it now. */
    private @Nullable String paramOf(FigureChange change) {
        for (Map.Entry<String, String> param : before.params().entrySet()) {
            if (param.getValue().equals(change.before())
                    && Objects.equals(after.params().get(param.getKey()), change.after())) {
                return param.getKey();
            }
        }
        return null;
    }

    private List<String> rebound() {
        List<String> rebound = new ArrayList<>();
        checksAfter.forEach((id, is) -> {
            CheckBinding was = checksBefore.get(id);
            if (was == null) {
                rebound.add("check " + id + " added");
            } else if (!was.type().equals(is.type())) {
                rebound.add("check " + id + " is now of type " + is.type());
            } else if (!was.with().equals(is.with())) {
                rebound.add("check " + id + " looks elsewhere");
            } else if (!was.every().equals(is.every()) || !was.valid().equals(is.valid())) {
                rebound.add("check " + id + " runs every " + Durations.write(is.every()) + " and is valid for "
                        + Durations.write(is.valid()));
            }
        });
        checksBefore.keySet().stream()
                .filter(id -> !checksAfter.containsKey(id))
                .forEach(id -> rebound.add("check " + id + " removed"));
        return rebound;
    }
}
