package dev.averment.checks.pathtraversal;

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

/** {@code path-traversal}. */
public final class PathTraversalCheck implements CheckType {

    @Override
    public String name() {
        return "path-traversal";
    }

    @Override
    public String description() {
        return "Asks for paths that exist, in more than a hundred hostile spellings each: dot segments, encodings, slashes that"
                + " are none, letters that look alike.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("corpus", Kind.TEXT, false, "hostile-paths, the only one that there is."),
                        new Setting(
                                "families",
                                Kind.LIST,
                                false,
                                "Beginnings of paths, such as /files: of each one a path is tried. Without it, one path of every"
                                        + " family of routes that the target knows.")),
                List.of(new Setting("refused", Kind.TEXT, false, "all: every spelling must be refused.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Paths are tried by one caller. That a plainly written path of somebody else's is refused, too, is for the checks"
                        + " of isolation to show.",
                "One path of each family is tried, for reading; what a route does with names in parameters or bodies is not"
                        + " seen.",
                "A spelling that is not in the corpus is not tried.");
    }

    @Override
    public Collector collector() {
        return new PathTraversalCollector();
    }

    @Override
    public Judge judge() {
        return new PathTraversalJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(new Subject(
                        "/pages",
                        Map.of(
                                "path",
                                "/pages/self",
                                "plainly",
                                200L,
                                "tried",
                                (long) HostilePaths.names().size(),
                                "refused",
                                (long) HostilePaths.names().size(),
                                "let",
                                List.of()))),
                Map.of());
    }
}
