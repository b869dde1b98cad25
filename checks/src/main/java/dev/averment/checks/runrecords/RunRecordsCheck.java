package dev.averment.checks.runrecords;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code run-records}. */
public final class RunRecordsCheck implements CheckType {

    @Override
    public String name() {
        return "run-records";
    }

    @Override
    public String description() {
        return "Tells of runs that succeed, fail and take too long, and reads the record of each change of their state.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting(
                                "fields",
                                Kind.LIST,
                                false,
                                "job, transitions, trace: the first two are always demanded; trace also wants output and"
                                        + " notes."),
                        new Setting(
                                "transitions",
                                Kind.LIST,
                                false,
                                "time, actor: named for readers; both are always demanded.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The runs are the check's own, in a workspace made for checks: a job that tells nothing of itself leaves only"
                        + " what was expected of it.",
                "When something happened is when the service heard of it.",
                "Of the changes that a run can go through, those of a maintenance, of a run that is too short or that never"
                        + " comes, and of times in which the service was not there are not tried.");
    }

    @Override
    public Collector collector() {
        return new RunRecordsCollector();
    }

    @Override
    public Judge judge() {
        return new RunRecordsJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        List<Subject> subjects = new ArrayList<>();
        RunRecordsCollector.EXPECTED.forEach((name, states) -> {
            Map<String, Object> facts = new HashMap<>(changed(states, ""));
            facts.put("job", true);
            facts.put("status", states.getLast());
            if (name.equals("a run that succeeds")) {
                facts.putAll(Map.of("noted", true, "noteTimed", true, "noteActor", true, "output", true));
            }
            subjects.add(new Subject(name, facts));
        });
        Map<String, Object> monitor = new HashMap<>(changed(RunRecordsCollector.STATES, "new"));
        monitor.put("withoutEntry", 0L);
        monitor.put("status", RunRecordsCollector.STATES.getLast());
        subjects.add(new Subject(RunRecordsCollector.MONITOR, monitor));
        return new Facts(now, subjects, Map.of());
    }

    private static Map<String, Object> changed(List<String> states, String first) {
        List<String> from = new ArrayList<>();
        from.add(first);
        from.addAll(states.subList(0, states.size() - 1));
        return Map.of("from", from, "to", states, "untimed", 0L, "byNobody", 0L, "by", List.of("api_key", "service"));
    }
}
