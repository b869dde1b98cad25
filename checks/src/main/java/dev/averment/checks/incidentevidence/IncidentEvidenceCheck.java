package dev.averment.checks.incidentevidence;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code incident-evidence}. */
public final class IncidentEvidenceCheck implements CheckType {

    @Override
    public String name() {
        return "incident-evidence";
    }

    @Override
    public String description() {
        return "Has a run fail with a secret in its output, and reads the evidence of the incident as members do and as others.";
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
                                "Of timeline, rootRun, redactions, truncations and attempts; all where it is missing."),
                        new Setting(
                                "plantedSecret",
                                Kind.TEXT,
                                false,
                                "redacted: named for readers; it is always demanded.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The run and its incident are the check's own, in a workspace made for checks.",
                "A password that is assigned and a bearer token are planted: secrets in other forms are taken out as far as"
                        + " their forms are known.",
                "The secret is looked for in what the run and the incident show, not in memory or on its way.",
                "A run goes with its workflow when somebody deletes that; the incident then names a run that is not there.");
    }

    @Override
    public Collector collector() {
        return new IncidentEvidenceCollector();
    }

    @Override
    public Judge judge() {
        return new IncidentEvidenceJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                IncidentEvidenceCollector.TIMELINE,
                                Map.of("lines", List.of("opened", "told"), "complete", true)),
                        new Subject(
                                IncidentEvidenceCollector.RUN,
                                Map.of("named", true, "monitor", true, "status", "failed", "evidence", true)),
                        new Subject(
                                IncidentEvidenceCollector.OUTPUT,
                                Map.of(
                                        "kept", true,
                                        "leaked", false,
                                        "planted", 2L,
                                        "redactions", 2L,
                                        "kinds", List.of("assignment:1", "authorization:1"),
                                        "written", 32_000L,
                                        "size", 32_000L,
                                        "leftOut", 22_000L)),
                        new Subject(
                                IncidentEvidenceCollector.ATTEMPTS,
                                Map.of("deliveries", 1L, "attempts", 1L, "delivered", true, "outcomes", List.of("ok"))),
                        new Subject(
                                IncidentEvidenceCollector.OTHERS,
                                Map.of("foreign", List.of(404L), "inOwn", List.of(404L), "listed", false)),
                        new Subject(IncidentEvidenceCollector.VIEWER, Map.of("answers", List.of(200L)))),
                Map.of());
    }
}
