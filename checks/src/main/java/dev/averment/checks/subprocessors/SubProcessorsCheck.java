package dev.averment.checks.subprocessors;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code sub-processors}. */
public final class SubProcessorsCheck implements CheckType {

    @Override
    public String name() {
        return "sub-processors";
    }

    @Override
    public String description() {
        return "Compares the register of sub-processors with the list on the published page.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("register", Kind.TEXT, false, "The register; sub-processors by default."),
                        new Setting(
                                "path",
                                Kind.TEXT,
                                false,
                                "Where the list is published; by default /pages/PAGE/sub-processors, or / where that is not to be had.")),
                List.of(new Setting("fields", Kind.LIST, false, "Fields that register and page must both have.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "A processor that is in neither the register nor on the page is not found.",
                "On a page without marked rows, one that is only on the page is not found either.",
                "What hides a row is read from the document itself; style sheets and scripts of their own are not.",
                "A planned one may be announced on the page; whether the page says that it is planned is not looked at.",
                "Whether a location or a safeguard is true is not looked into.");
    }

    @Override
    public Collector collector() {
        return new SubProcessorsCollector();
    }

    @Override
    public Judge judge() {
        return new SubProcessorsJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        List<String> fields = FactReader.texts(expect, "fields");
        return new Facts(
                now,
                List.of(new Subject("example", Map.of("listed", true, "registered", fields, "published", fields))),
                Map.of(
                        "page",
                        "https://example.org/",
                        "register",
                        "sub-processors",
                        "marked",
                        true,
                        "onlyOnPage",
                        List.of()));
    }
}
