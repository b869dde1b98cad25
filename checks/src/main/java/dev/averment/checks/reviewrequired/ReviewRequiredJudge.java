package dev.averment.checks.reviewrequired;

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

/** No incident of the promised severities is closed before its review, and a review has its deadline. */
final class ReviewRequiredJudge implements Judge {
    private static final long CONFLICT = 409;
    private static final long DONE = 204;
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            String before = wanted.text("before").orElse("closing");
            if (!before.equals("closing")) {
                throw SettingReader.refused("before", before, "closing");
            }
            List<String> severities =
                    wanted.has("severities") ? wanted.texts("severities") : ReviewRequiredCollector.SEVERITIES;
            if (severities.isEmpty() || !ReviewRequiredCollector.SEVERITIES.containsAll(severities)) {
                throw SettingReader.refused("severities", severities, "a list of P1, P2 and P3");
            }
            Optional<Duration> within = wanted.duration("within");
            if (!wanted.has("before") && within.isEmpty()) {
                throw SettingReader.refused("before", "", "closing, or within a duration");
            }
            List<String> said = new ArrayList<>();
            if (wanted.has("before")) {
                List<String> names = new ArrayList<>(severities);
                names.add(ReviewRequiredCollector.DEMOTED);
                names.add(ReviewRequiredCollector.REOPENED);
                int ways = 0;
                for (String name : names) {
                    Optional<Judgement> wrong = open(name, facts.of(name));
                    if (wrong.isPresent()) {
                        return wrong.get();
                    }
                    ways += FactReader.texts(facts.of(name), "tried").size();
                }
                said.add(names.size() + " incidents without a review stayed open, to the service and to " + ways
                        + " attempts in the database, and were closed after it");
            }
            if (within.isPresent()) {
                for (String severity : severities) {
                    Optional<Judgement> wrong = deadline(severity, facts.of(severity), within.get());
                    if (wrong.isPresent()) {
                        return wrong.get();
                    }
                }
                Map<String, Object> late = facts.of(ReviewRequiredCollector.LATE);
                if (!FactReader.is(late, "moved")) {
                    return Judgement.failing("No clock ran for the review of a P1 that was resolved.");
                }
                if (!FactReader.text(late, "outcome").equals("missed") || !FactReader.is(late, "line")) {
                    return Judgement.failing("A review that was written 49 hours after the end is shown as in time.");
                }
                said.add("each of " + String.join(", ", severities) + " was to be reviewed within "
                        + within.get().toHours() + " h of its end, and a late review is shown as missed");
            }
            return Judgement.proven(sentence(said));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static String sentence(List<String> said) {
        String all = String.join("; ", said);
        return Character.toUpperCase(all.charAt(0)) + all.substring(1) + ".";
    }

    private static Optional<Judgement> open(String name, Map<String, Object> facts) {
        List<String> through = FactReader.texts(facts, "letThrough");
        if (!through.isEmpty()) {
            return Optional.of(Judgement.failing("The database lets an incident be closed that nobody has reviewed ("
                    + name + "): " + through.getFirst() + "."));
        }
        long closing = FactReader.number(facts, "closing", 0);
        if (closing == DONE || FactReader.text(facts, "state").equals("closed")) {
            return Optional.of(
                    Judgement.failing("The service closed an incident that nobody has reviewed (" + name + ")."));
        }
        if (FactReader.texts(facts, "tried").isEmpty() || closing != CONFLICT) {
            return Optional.of(Judgement.unproven("Whether an incident can be closed without a review (" + name
                    + ") was not answered: status " + closing + "."));
        }
        return FactReader.number(facts, "afterwards", 0) == DONE
                ? Optional.empty()
                : Optional.of(Judgement.unproven("An incident was not closed after its review either (" + name
                        + "), so that the refusal before says nothing."));
    }

    private static Optional<Judgement> deadline(String severity, Map<String, Object> facts, Duration within) {
        Optional<Instant> resolved = FactReader.instant(facts, "resolved");
        if (resolved.isEmpty()) {
            return Optional.of(Judgement.unproven("When the " + severity + " was resolved is not among the facts."));
        }
        Optional<Instant> started = FactReader.instant(facts, "started");
        Optional<Instant> due = FactReader.instant(facts, "due");
        if (!FactReader.is(facts, "running") || started.isEmpty() || due.isEmpty()) {
            return Optional.of(
                    Judgement.failing("Nobody waits for the review of a " + severity + " that was resolved."));
        }
        if (Duration.between(resolved.get(), started.get()).abs().compareTo(AT_ONCE) > 0
                || !started.get().plus(within).equals(due.get())) {
            return Optional.of(Judgement.failing("A " + severity + " that was resolved at " + resolved.get()
                    + " is to be reviewed until " + due.get() + "; " + within.toHours() + " h end at "
                    + resolved.get().plus(within) + "."));
        }
        return Optional.empty();
    }
}
