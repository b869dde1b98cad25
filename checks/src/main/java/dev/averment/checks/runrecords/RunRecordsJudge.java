package dev.averment.checks.runrecords;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Each run went through what it was said to, and each change left its record. */
final class RunRecordsJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            only(wanted, "fields", Set.of("job", "transitions", "trace"));
            only(wanted, "transitions", Set.of("time", "actor"));
            boolean trace = wanted.texts("fields").contains("trace");
            int changes = 0;
            for (var run : RunRecordsCollector.EXPECTED.entrySet()) {
                Map<String, Object> record = facts.of(run.getKey());
                Optional<Judgement> wrong = run(run.getKey(), record, run.getValue());
                if (wrong.isPresent()) {
                    return wrong.get();
                }
                changes += run.getValue().size();
            }
            Map<String, Object> monitor = facts.of(RunRecordsCollector.MONITOR);
            Optional<Judgement> wrong =
                    recorded(RunRecordsCollector.MONITOR, monitor, RunRecordsCollector.STATES, "new");
            if (wrong.isPresent()) {
                return wrong.get();
            }
            if (FactReader.number(monitor, "withoutEntry", 1) != 0) {
                return Judgement.failing("A change of a workflow's state has no entry in the log.");
            }
            if (trace) {
                Optional<Judgement> untraced = trace(facts.of("a run that succeeds"));
                if (untraced.isPresent()) {
                    return untraced.get();
                }
            }
            return Judgement.proven(RunRecordsCollector.EXPECTED.size() + " runs were followed through " + changes
                    + " changes of their state: each run carries its id, and each change its time and who made it"
                    + (trace ? "; output and notes of operators stand in the trace of the run." : "."));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static void only(SettingReader wanted, String name, Set<String> known) throws CollectException {
        var given = new HashSet<>(wanted.texts(name));
        if (!known.containsAll(given)) {
            throw SettingReader.refused(
                    name,
                    given,
                    "a list of " + String.join(", ", known.stream().sorted().toList()));
        }
    }

    private static Optional<Judgement> run(String name, Map<String, Object> facts, List<String> expected)
            throws CollectException {
        if (!(facts.get("job") instanceof Boolean job)) {
            throw new CollectException("Whether there is " + name + " is not among the facts.");
        }
        if (!job) {
            return Optional.of(
                    Judgement.failing("There is no record of " + name + " under the id that it was told with."));
        }
        if (FactReader.text(facts, "status").equals("unknown")) {
            throw new CollectException("The service was not there while " + name + " went on; run the check again.");
        }
        if (!FactReader.text(facts, "status").equals(expected.getLast())) {
            return Optional.of(
                    Judgement.failing(capital(name) + " is shown as " + FactReader.text(facts, "status") + "."));
        }
        return recorded(name, facts, expected, "");
    }

    /** @param first where it stood before */
    private static Optional<Judgement> recorded(
            String name, Map<String, Object> facts, List<String> expected, String first) throws CollectException {
        if (!(facts.get("to") instanceof List<?>) || !(facts.get("from") instanceof List<?>)) {
            throw new CollectException("What " + name + " went through is not among the facts.");
        }
        List<String> to = FactReader.texts(facts, "to");
        if (!to.equals(expected)) {
            return Optional.of(Judgement.failing(capital(name) + " went through " + String.join(", ", expected)
                    + ", and recorded is " + (to.isEmpty() ? "nothing" : String.join(", ", to)) + "."));
        }
        List<String> from = FactReader.texts(facts, "from");
        for (int i = 0; i < to.size(); i++) {
            String before = i == 0 ? first : to.get(i - 1);
            if (from.size() != to.size() || !from.get(i).equals(before)) {
                return Optional.of(
                        Judgement.failing("The record of " + name + " has a gap before it became " + to.get(i) + "."));
            }
        }
        if (FactReader.number(facts, "untimed", 1) != 0) {
            return Optional.of(Judgement.failing("A change of " + name + " bears no time."));
        }
        if (FactReader.number(facts, "byNobody", 1) != 0) {
            return Optional.of(Judgement.failing("A change of " + name + " does not say who made it."));
        }
        return Optional.empty();
    }

    private static Optional<Judgement> trace(Map<String, Object> facts) {
        if (!FactReader.is(facts, "output")) {
            return Optional.of(Judgement.failing("What a run wrote is not shown with it."));
        }
        if (!FactReader.is(facts, "noted")
                || !FactReader.is(facts, "noteTimed")
                || !FactReader.is(facts, "noteActor")) {
            return Optional.of(Judgement.failing(
                    "A note that somebody wrote on a run is not shown with it, its time and who wrote it."));
        }
        return Optional.empty();
    }

    private static String capital(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
