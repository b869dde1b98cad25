package dev.averment.checks.reviewrequired;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code review-required}. */
public final class ReviewRequiredCheck implements CheckType {

    @Override
    public String name() {
        return "review-required";
    }

    @Override
    public String description() {
        return "Tries to close incidents without their review, through the service and in the database, and reviews one late.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("severities", Kind.LIST, false, "Of P1, P2 and P3; all where it is missing."),
                        new Setting(
                                "before",
                                Kind.TEXT,
                                false,
                                "closing: no incident is closed before its review is written."),
                        new Setting(
                                "within",
                                Kind.DURATION,
                                false,
                                "From an incident's end until its review is late, such as 48h.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Incidents are drilled in a workspace made for checks; what is learnt from real ones, and whether a review says"
                        + " anything, is not judged.",
                "The database is tried as the role of the service; whoever owns the tables can take the guard away, which"
                        + " another check of the catalog sees.",
                "The clock of the late review is moved back in the database; nobody waits for two days.");
    }

    @Override
    public Collector collector() {
        return new ReviewRequiredCollector();
    }

    @Override
    public Judge judge() {
        return new ReviewRequiredJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        Duration within;
        try {
            within = new SettingReader(expect).duration("within").orElse(Duration.ofHours(48));
        } catch (CollectException e) {
            within = Duration.ZERO; // the judge says what is wrong with it
        }
        List<String> names = new ArrayList<>(ReviewRequiredCollector.SEVERITIES);
        names.add(ReviewRequiredCollector.DEMOTED);
        names.add(ReviewRequiredCollector.REOPENED);
        List<Subject> subjects = new ArrayList<>();
        for (String name : names) {
            var facts = new HashMap<String, Object>(Map.of(
                    "resolved", now.toString(),
                    "started", now.toString(),
                    "due", now.plus(within).toString(),
                    "running", true,
                    "tried", List.of("closing the row"),
                    "letThrough", List.of(),
                    "closing", 409L,
                    "state", "resolved",
                    "afterwards", 204L));
            subjects.add(new Subject(name, facts));
        }
        subjects.add(
                new Subject(ReviewRequiredCollector.LATE, Map.of("moved", true, "outcome", "missed", "line", true)));
        return new Facts(now, subjects, Map.of());
    }
}
