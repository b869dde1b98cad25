package dev.averment.checks.controlmatrix;

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

/** {@code control-matrix}. */
public final class ControlMatrixCheck implements CheckType {

    @Override
    public String name() {
        return "control-matrix";
    }

    @Override
    public String description() {
        return "Reads the published control matrix, holds it against the verdicts that the page gives programs, and opens the proof of every"
                + " claim in it.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("path", Kind.TEXT, false, "The matrix; /pages/ID/controls by default."),
                        new Setting(
                                "verdicts",
                                Kind.TEXT,
                                false,
                                "The page's verdicts as JSON; /pages/ID.json by default.")),
                List.of());
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The matrix is held against the verdicts that the same server gives programs; both could be wrong together.",
                "What a reader sees is read from the document, in English and German; style sheets and scripts of their own, and"
                        + " pictures, are not.",
                "A proof that names the claim is not read for what it says.",
                "Claims for the packet or for internal use are not looked for.");
    }

    @Override
    public Collector collector() {
        return new ControlMatrixCollector();
    }

    @Override
    public Judge judge() {
        return new ControlMatrixJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(new Subject(
                        "example",
                        Map.of(
                                "row",
                                true,
                                "posture",
                                "proven 14 s ago",
                                "said",
                                List.of("proven"),
                                "published",
                                List.of("proven"),
                                "rows",
                                1L,
                                "ownerShown",
                                true,
                                "checks",
                                1L,
                                "proof",
                                "linked",
                                "proofStatus",
                                200L,
                                "namesClaim",
                                true))),
                Map.of("matrix", "https://example.org/pages/example/controls", "rowsOfNoClaim", List.of()));
    }
}
