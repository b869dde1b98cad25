package dev.averment.checks.linkcheck;

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

/** {@code link-check}. */
public final class LinkCheck implements CheckType {

    @Override
    public String name() {
        return "link-check";
    }

    @Override
    public String description() {
        return "Opens every link, frame and picture of the published page into its own site, and looks for the documents it must link.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("path", Kind.TEXT, false, "The page's path on the site; / by default."),
                        new Setting(
                                "require",
                                Kind.LIST,
                                false,
                                "Documents that must be linked where readers see it, by the name in the link's data-document or"
                                        + " rel attribute.")),
                List.of());
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Links to other hosts are counted, not opened.",
                "That a document opens says nothing about what is in it.",
                "Links that a script adds are not seen, nor those of a style sheet; what a style sheet of its own hides counts as"
                        + " shown.",
                "A page that says in other words than the usual ones that there is nothing, and does not say the same for a made-up"
                        + " address, counts as one that opens.");
    }

    @Override
    public Collector collector() {
        return new LinkCheckCollector();
    }

    @Override
    public Judge judge() {
        return new LinkCheckJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                "/documents/dpa",
                                Map.of(
                                        "document",
                                        "dpa",
                                        "required",
                                        true,
                                        "kind",
                                        "same-site",
                                        "status",
                                        200L,
                                        "content",
                                        "ok")),
                        new Subject(
                                "#transport",
                                Map.of(
                                        "document",
                                        "",
                                        "required",
                                        false,
                                        "kind",
                                        "same-site",
                                        "status",
                                        200L,
                                        "content",
                                        "ok",
                                        "fragment",
                                        "found"))),
                Map.of("page", "https://example.org/", "external", 1L, "other", 0L, "beyondLimit", 0L));
    }
}
