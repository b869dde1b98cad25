package dev.averment.checks.crossreferences;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code cross-workspace-references}. */
public final class CrossReferencesCheck implements CheckType {

    @Override
    public String name() {
        return "cross-workspace-references";
    }

    @Override
    public String description() {
        return "Reads every foreign key between tenant tables, and tries to make a row of one workspace point at a row of another.";
    }

    @Override
    public Settings settings() {
        return Settings.NONE;
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "References that the database does not know as foreign keys, such as ids inside documents, are not seen.",
                "A foreign key whose canary row can be neither changed nor copied is judged by the catalog alone.",
                "References to tables on the list of global tables are not looked at.",
                "That a key was dropped shows only where the target gives a reviewed list of references.");
    }

    @Override
    public Collector collector() {
        return new CrossReferencesCollector();
    }

    @Override
    public Judge judge() {
        return new CrossReferencesJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(new Subject(
                        "app.note (note_folder_fkey)",
                        Map.of(
                                "parent", "app.folder",
                                "composite", true,
                                "usesOwnKey", true,
                                "enforced", true,
                                "tried", true,
                                "insertRefused", true,
                                "sqlState", "23503"))),
                Map.of("tables", 2L, "reviewed", 0L, "gone", List.of(), "triggersFire", true));
    }
}
