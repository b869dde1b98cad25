package dev.averment.checks.incidentclock;

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
import java.util.Optional;

/** {@code incident-clock}. */
public final class IncidentClockCheck implements CheckType {
    private static final String WEEK = "mo-fr 09:00-17:00";

    @Override
    public String name() {
        return "incident-clock";
    }

    @Override
    public String description() {
        return "Opens an incident of each severity in a workspace made for checks, reads its deadlines, and lets one pass.";
    }

    @Override
    public Settings settings() {
        String meaning = "within: until when somebody takes it up, such as 4h or 3bd; updates: until-closed.";
        return new Settings(
                List.of(),
                List.of(
                        new Setting("P1", Kind.MAP, false, meaning),
                        new Setting("P2", Kind.MAP, false, meaning),
                        new Setting("P3", Kind.MAP, false, meaning),
                        new Setting(
                                "owner", Kind.TEXT, false, "required: no incident is nobody's without its being said."),
                        new Setting("severity", Kind.TEXT, false, "required: no incident without one."),
                        new Setting(
                                "communication",
                                Kind.TEXT,
                                false,
                                "recorded: named for readers; the timeline is always read.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Incidents are drilled in a workspace made for checks: how people answered real ones is shown by their own"
                        + " clocks, not by this.",
                "The deadline that is missed is moved back in the database; nobody waits for hours.",
                "Business days are counted anew from the workspace's hours and closures, not from legal holidays.",
                "That somebody took an incident up is what they said; whether they then worked on it is not seen.");
    }

    @Override
    public Collector collector() {
        return new IncidentClockCollector();
    }

    @Override
    public Judge judge() {
        return new IncidentClockJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        List<Subject> subjects = new ArrayList<>();
        for (String severity : IncidentClockCollector.SEVERITIES) {
            var facts = new HashMap<String, Object>(Map.of(
                    "severity",
                    severity,
                    "owned",
                    true,
                    "opened",
                    now.toString(),
                    "started",
                    now.toString(),
                    "due",
                    due(expect, severity, now).toString(),
                    "running",
                    true,
                    "outcome",
                    "met",
                    "lines",
                    List.of("opened", "told", "acknowledged", "update", "resolved", "reviewed", "closed")));
            facts.put("updatesWhenOpened", severity.equals("P1") ? "1h" : "");
            facts.put("updatesAfterOne", severity.equals("P1") ? "1h" : "");
            facts.put("updatesWhenResolved", severity.equals("P1") ? "1d" : "");
            facts.put("updatesWhenClosed", "");
            subjects.add(new Subject(severity, facts));
        }
        subjects.add(new Subject(
                IncidentClockCollector.MISSED,
                Map.of(
                        "outcome", "missed",
                        "line", true,
                        "alerted", true,
                        "counted", true,
                        "outcomeAfterwards", "missed")));
        subjects.add(new Subject(IncidentClockCollector.STRANGER, Map.of("refused", true)));
        subjects.add(new Subject(IncidentClockCollector.UNGRADED, Map.of("refused", true)));
        subjects.add(new Subject(
                IncidentClockCollector.OWNERLESS,
                Map.of("shown", true, "listed", true, "line", true, "running", true)));
        return new Facts(now, subjects, Map.of("zone", "UTC", "region", "", "week", WEEK, "closures", ""));
    }

    private static Instant due(Map<String, Object> expect, String severity, Instant now) {
        try {
            Optional<Deadline> within = Deadline.of(new SettingReader(expect).entries(severity), "within");
            return within.flatMap(promised -> promised.due(now, WorkingWeek.of("UTC", "", WEEK, "")))
                    .orElse(now.plus(Duration.ofHours(4)));
        } catch (CollectException e) {
            // The judge says what is wrong with the setting.
            return now;
        }
    }
}
