package dev.averment.checks.incidentclock;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Each deadline is the promised one and runs from the opening; what is missed is said; nothing is nobody's. */
final class IncidentClockJudge implements Judge {
    /** Opening and the start of the clock are one change. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final class Failing extends Exception {
        private static final long serialVersionUID = 1L;

        Failing(String reason) {
            super(reason);
        }
    }

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            for (var only : Map.of("owner", "required", "severity", "required", "communication", "recorded")
                    .entrySet()) {
                String given = wanted.text(only.getKey()).orElse(only.getValue());
                if (!given.equals(only.getValue())) {
                    throw SettingReader.refused(only.getKey(), given, only.getValue());
                }
            }
            List<String> said = new ArrayList<>();
            for (String severity : IncidentClockCollector.SEVERITIES) {
                graded(severity, facts.of(severity), wanted, facts, said);
            }
            missed(facts.of(IncidentClockCollector.MISSED));
            if (wanted.has("owner")) {
                owner(facts.of(IncidentClockCollector.STRANGER), facts.of(IncidentClockCollector.OWNERLESS));
            }
            if (wanted.has("severity") && !FactReader.yes(facts.of(IncidentClockCollector.UNGRADED), "refused")) {
                throw new Failing("An incident was opened under a severity that is none.");
            }
            return Judgement.proven("An incident of each severity was drilled: "
                    + (said.isEmpty() ? "each had a running deadline" : String.join(", ", said))
                    + "; each had its owner, what was said of it stood in its timeline, and an answer that was late was"
                    + " shown, counted and told.");
        } catch (Failing e) {
            return Judgement.failing(String.valueOf(e.getMessage()));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static void graded(
            String severity, Map<String, Object> facts, SettingReader wanted, Facts all, List<String> said)
            throws Failing, CollectException {
        String such = "The incident of " + severity;
        if (!FactReader.text(facts, "severity").equals(severity)) {
            throw new Failing(such + " is shown as \"" + FactReader.text(facts, "severity") + "\".");
        }
        if (!FactReader.yes(facts, "owned")) {
            throw new Failing(such + " has no owner, though somebody opened it as theirs.");
        }
        Optional<Instant> opened = FactReader.instant(facts, "opened");
        if (opened.isEmpty()) {
            throw new CollectException("When the incident of " + severity + " was opened is not among the facts.");
        }
        Optional<Instant> started = FactReader.instant(facts, "started");
        Optional<Instant> due = FactReader.instant(facts, "due");
        if (started.isEmpty() || due.isEmpty() || !FactReader.yes(facts, "running")) {
            throw new Failing(such + " had no deadline that ran: nobody would notice that it is not answered.");
        }
        if (Duration.between(opened.get(), started.get()).abs().compareTo(AT_ONCE) > 0) {
            throw new Failing(
                    such + " was opened at " + opened.get() + ", and its deadline counts from " + started.get() + ".");
        }
        Map<String, Object> promised = wanted.entries(severity);
        Optional<Deadline> within = Deadline.of(promised, "within");
        if (within.isPresent()) {
            Optional<Instant> right = within.get().due(started.get(), calendar(all));
            if (right.isEmpty()) {
                throw new CollectException("The calendar of the workspace made for checks goes by legal holidays or has"
                        + " breaks, which this check can't count; give it plain working hours without a region.");
            }
            if (!right.get().equals(due.get())) {
                throw new Failing(such + ", opened at " + started.get() + ", is to be answered until " + due.get()
                        + "; " + within.get().text() + " end at " + right.get() + ".");
            }
            said.add(severity + " to be answered within " + within.get().text());
        }
        if (!FactReader.text(facts, "outcome").equals("met")) {
            throw new Failing(such + " was taken up in time, and its deadline is not shown as met.");
        }
        List<String> lines = FactReader.texts(facts, "lines");
        for (String line : List.of("opened", "acknowledged", "update", "resolved", "closed")) {
            if (!lines.contains(line)) {
                throw new Failing(such + " has no line \"" + line + "\" in its timeline.");
            }
        }
        Object updates = promised.get("updates");
        if (updates != null) {
            updates(such, updates.toString(), facts);
        }
    }

    private static void updates(String such, String promised, Map<String, Object> facts)
            throws Failing, CollectException {
        if (!promised.equals("until-closed")) {
            throw SettingReader.refused("updates", promised, "until-closed");
        }
        for (var state : Map.of(
                        "updatesWhenOpened", "when it was opened",
                        "updatesAfterOne", "after an update was given",
                        "updatesWhenResolved", "when it was resolved and not closed")
                .entrySet()) {
            if (FactReader.text(facts, state.getKey()).isEmpty()) {
                throw new Failing(such + " had no deadline for its next update " + state.getValue() + ".");
            }
        }
        if (!FactReader.text(facts, "updatesWhenClosed").isEmpty()) {
            throw new Failing(such + " still asks for updates though it is closed.");
        }
    }

    private static Optional<WorkingWeek> calendar(Facts facts) {
        return WorkingWeek.of(
                FactReader.text(facts.values(), "zone"),
                FactReader.text(facts.values(), "region"),
                FactReader.text(facts.values(), "week"),
                FactReader.text(facts.values(), "closures"));
    }

    private static void missed(Map<String, Object> facts) throws Failing, CollectException {
        String late = "An incident that nobody took up in time ";
        if (!FactReader.text(facts, "outcome").equals("missed") || !FactReader.yes(facts, "line")) {
            throw new Failing(late + "was not shown as missed.");
        }
        if (!FactReader.yes(facts, "alerted")) {
            throw new Failing(late + "alerted nobody.");
        }
        if (!FactReader.yes(facts, "counted")) {
            throw new Failing(late + "was not counted among those that were missed.");
        }
        if (!FactReader.text(facts, "outcomeAfterwards").equals("missed")) {
            throw new Failing(late + "was shown as in time once somebody took it up.");
        }
    }

    private static void owner(Map<String, Object> stranger, Map<String, Object> ownerless)
            throws Failing, CollectException {
        if (!FactReader.yes(stranger, "refused")) {
            throw new Failing("An incident was opened for an owner who is nobody.");
        }
        if (!FactReader.yes(ownerless, "shown")
                || !FactReader.yes(ownerless, "listed")
                || !FactReader.yes(ownerless, "line")) {
            throw new Failing("An incident whose owner left the workspace is not shown as nobody's.");
        }
        if (!FactReader.yes(ownerless, "running")) {
            throw new Failing("An incident whose owner left has no deadline to get another one.");
        }
    }
}
