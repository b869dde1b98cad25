package dev.averment.checks.records;

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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code records}. */
public final class RecordsCheck implements CheckType {

    @Override
    public String name() {
        return "records";
    }

    @Override
    public String description() {
        return "Reads a register of dated records and notes each entry's owner, dates, status and missing fields.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("register", Kind.TEXT, true, "The register, such as certificates."),
                        new Setting("id", Kind.TEXT, false, "The one entry to look at; all by default.")),
                List.of(
                        new Setting("maxAge", Kind.DURATION, false, "How old an entry's date may be, such as 365d."),
                        new Setting("fields", Kind.LIST, false, "Fields that must be filled in."),
                        new Setting("status", Kind.LIST, false, "Statuses that count, such as done."),
                        new Setting(
                                "minEntries", Kind.INTEGER, false, "How many entries there must be; 1 by default.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "A record shows that somebody answers for a statement, not that the statement is true.",
                "An entry that another one supersedes is not judged.",
                "The document that a record speaks of is not opened.");
    }

    @Override
    public Collector collector() {
        return new RecordsCollector();
    }

    @Override
    public Judge judge() {
        return new RecordsJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        SettingReader wanted = new SettingReader(expect);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        try {
            List<String> statuses = wanted.texts("status");
            Map<String, Object> facts = Map.of(
                    "owned",
                    true,
                    "dated",
                    today.toString(),
                    "expires",
                    today.plusDays(30).toString(),
                    "status",
                    statuses.isEmpty() ? "done" : statuses.getFirst(),
                    "fields",
                    wanted.texts("fields"));
            List<Subject> subjects = new ArrayList<>();
            for (int i = 1; i <= Math.max(1, wanted.integer("minEntries", 1)); i++) {
                subjects.add(new Subject("example-" + i, facts));
            }
            return new Facts(now, subjects, Map.of("register", "certificates", "superseded", 0L));
        } catch (CollectException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
