package dev.averment.server.incidents;

import dev.averment.server.clocks.Attainment;
import dev.averment.server.clocks.CalendarText;
import dev.averment.server.clocks.Clock;
import dev.averment.server.clocks.Term;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.incidents.IncidentBook.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a workspace says about its incidents beforehand: how grave, whose, who is asked next, and when people are at work. */
public final class IncidentRules {
    public static final int MOST_STEPS = 10;
    static final int MOST_TARGETS = 20;
    static final int MOST_RULES = 500;

    private final WorkspaceAccess access;
    private final IncidentBook book;

    IncidentRules(WorkspaceAccess access, IncidentBook book) {
        this.access = access;
        this.book = book;
    }

    public Outcome<List<ChainStep>> chain(Entrance entrance) {
        return access.in(entrance, inside -> Outcome.done(book.chain.steps(inside.jdbc(), entrance.workspace())));
    }

    /** Replaces the chain; incidents that are open go by the new one, at the times that they began with. */
    public Outcome<Boolean> chain(Entrance entrance, List<ChainStep> steps) {
        return access.in(entrance, inside -> {
            Optional<String> mistake = mistake(inside, steps);
            if (mistake.isPresent()) {
                return Outcome.refused(new Refusal.Invalid("bad-chain", mistake.get()));
            }
            book.chain.replace(inside.jdbc(), entrance.workspace(), steps);
            return Outcome.done(true);
        });
    }

    private Optional<String> mistake(WorkspaceAccess.Inside inside, List<ChainStep> steps) {
        if (steps.size() > MOST_STEPS) {
            return Optional.of("A chain has at most " + MOST_STEPS + " steps.");
        }
        Duration last = Duration.ZERO;
        for (ChainStep step : steps) {
            if (!(step.after() instanceof Term.Elapsed elapsed)
                    || elapsed.time().compareTo(last) <= 0
                    || elapsed.time().compareTo(Duration.ofDays(30)) > 0) {
                return Optional.of(
                        "Each step comes after the one before, counted from when the incident was opened, within"
                                + " 30 days, by the clock: 15m, then 1h.");
            }
            last = elapsed.time();
            if (step.channels().size() + step.people().size() > MOST_TARGETS) {
                return Optional.of("A step goes to at most " + MOST_TARGETS + " channels and people.");
            }
            var scene = new Scene(
                    inside.jdbc(),
                    inside.context().workspace(),
                    inside.context().actor());
            if (!step.people().stream().allMatch(person -> book.answers(scene, person))) {
                return Optional.of("A step names people who are members of the workspace and may work on incidents.");
            }
        }
        return Optional.empty();
    }

    Outcome<List<RuleStore.Rule>> rules(Entrance entrance) {
        return access.in(entrance, inside -> Outcome.done(book.rules.all(inside.jdbc(), entrance.workspace())));
    }

    Outcome<Boolean> rules(Entrance entrance, List<RuleStore.Rule> rules) {
        return access.in(entrance, inside -> {
            var scene = new Scene(
                    inside.jdbc(), entrance.workspace(), inside.context().actor());
            var seen = new HashSet<String>();
            for (RuleStore.Rule rule : rules) {
                boolean everything =
                        rule.about().equals("claims") || rule.about().equals("monitors");
                if (!List.of("claim", "page", "page-owner", "monitor", "claims", "monitors")
                                .contains(rule.about())
                        || everything != rule.subject().isEmpty()
                        || rule.subject().length() > 200
                        || !seen.add(rule.about() + " " + rule.subject())
                        || rules.size() > MOST_RULES) {
                    return Outcome.refused(new Refusal.Invalid(
                            "bad-rule",
                            "A rule is about a claim (PAGE/CLAIM), a page, a page-owner, a monitor (its id), or, with an empty"
                                    + " subject, about all claims or monitors; one rule each, at most " + MOST_RULES
                                    + "."));
                }
                if (rule.owner().filter(owner -> !book.answers(scene, owner)).isPresent()) {
                    return Outcome.refused(new Refusal.Invalid(
                            "bad-owner", "Whoever owns incidents is a member of the workspace and may work on them."));
                }
            }
            book.rules.replace(inside.jdbc(), entrance.workspace(), rules);
            return Outcome.done(true);
        });
    }

    /** Has incidents about one monitor be so grave from now on, in the workspace's own transaction. */
    public void judge(JdbcClient tx, UUID workspace, UUID monitor, Severity severity) {
        var rules = new ArrayList<>(book.rules.all(tx, workspace));
        rules.removeIf(about(monitor));
        rules.add(new RuleStore.Rule("monitor", monitor.toString(), severity, Optional.empty()));
        book.rules.replace(tx, workspace, rules);
    }

    /** Forgets the rule about one monitor. */
    public void forget(JdbcClient tx, UUID workspace, UUID monitor) {
        var rules = new ArrayList<>(book.rules.all(tx, workspace));
        if (rules.removeIf(about(monitor))) {
            book.rules.replace(tx, workspace, rules);
        }
    }

    private static Predicate<RuleStore.Rule> about(UUID monitor) {
        return rule -> rule.about().equals("monitor") && rule.subject().equals(monitor.toString());
    }

    /**
     * How deadlines are kept.
     *
     * @param running  due first; those that were missed and still are not done among them
     * @param attained of clocks that started within the time that was asked for
     */
    record Kept(List<Clock> running, List<Attainment> attained) {}

    Outcome<Kept> clocks(Entrance entrance, Instant since) {
        return access.in(
                entrance,
                inside -> Outcome.done(new Kept(
                        book.clocks.running(inside.jdbc(), entrance.workspace(), 200),
                        book.clocks.attainment(inside.jdbc(), entrance.workspace(), since))));
    }

    public Outcome<CalendarText> calendar(Entrance entrance) {
        return access.in(entrance, inside -> Outcome.done(book.clocks.calendar(inside.jdbc(), entrance.workspace())));
    }

    public Outcome<Boolean> calendar(Entrance entrance, CalendarText text) {
        return access.in(entrance, inside -> {
            try {
                book.clocks.calendar(inside.jdbc(), entrance.workspace(), text);
                return Outcome.done(true);
            } catch (IllegalArgumentException | IllegalStateException e) {
                // Nothing was written: the text is read before.
                return Outcome.refused(
                        new Refusal.Invalid("bad-calendar", "The calendar can't be taken: " + e.getMessage() + "."));
            }
        });
    }

    static Optional<UUID> uuid(String text) {
        return text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }
}
