package dev.averment.checks.logintegrity;

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

/** {@code log-integrity}. */
public final class LogIntegrityCheck implements CheckType {

    @Override
    public String name() {
        return "log-integrity";
    }

    @Override
    public String description() {
        return "Opens the log's checkpoint with its known key, computes the root anew from the tiles, hashes stored entries, tries"
                + " to alter the log as the application, and, where it can, looks behind the log: at all logs in turn, at rows that"
                + " restate entries, at how a new leaf gets its place, and at what each role may do.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting(
                                "sample",
                                Kind.INTEGER,
                                false,
                                "How many of the newest entries to hash, 1000 by default; 200 older ones are chosen at random.")),
                List.of());
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Whoever holds database and signing key can rewrite history and sign it again; only a checkpoint kept from"
                        + " before, as every packet carries, shows that.",
                "Older entries are sampled: an altered one is found in time, not at once.",
                "An event that was never written to the log leaves no trace in it.",
                "Of many logs 40 are looked at each time, those that all others rest on always; the rest have their turn at random.",
                "Rows are held against the entries that recorded them where the target shows both: here those of the operator's"
                        + " workspace in tables that change seldom, 2,000 by chance in each, against the newest 200,000 entries.",
                "Whoever owns the tables, or is superuser, may alter them; that comes out by what they say.",
                "Beyond 524,288 entries the root is computed from the higher tiles, and the lowest are read for the sample only.");
    }

    @Override
    public Collector collector() {
        return new LogIntegrityCollector();
    }

    @Override
    public Judge judge() {
        return new LogIntegrityJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                "checkpoint",
                                Map.of("kind", "checkpoint", "signed", true, "size", 300L, "root", "example")),
                        new Subject(
                                "tiles", Map.of("kind", "tiles", "tiles", 2L, "replayed", true, "rootMatches", true)),
                        new Subject(
                                "entries",
                                Map.of(
                                        "kind",
                                        "entries",
                                        "available",
                                        true,
                                        "hashed",
                                        300L,
                                        "alteredCount",
                                        0L,
                                        "missingCount",
                                        0L)),
                        new Subject(
                                "UPDATE evidence.leaf",
                                Map.of("kind", "attempt", "refused", true, "sqlState", "42501")),
                        new Subject(
                                "all logs",
                                Map.of(
                                        "kind",
                                        "logs",
                                        "looked",
                                        3L,
                                        "of",
                                        3L,
                                        "entriesHashed",
                                        90L,
                                        "defectCount",
                                        0L)),
                        new Subject(
                                "intake",
                                Map.of(
                                        "kind",
                                        "intake",
                                        "placed",
                                        true,
                                        "waitedMillis",
                                        120L,
                                        "oldestSeconds",
                                        0L,
                                        "disabled",
                                        List.of())),
                        new Subject("rows", Map.of("kind", "rows", "compared", 40L, "differingCount", 0L)),
                        new Subject("roles", Map.of("kind", "roles", "roles", 6L, "tables", 7L, "tooManyCount", 0L))),
                Map.of("origin", "log.example/w/1"));
    }
}
