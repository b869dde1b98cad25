package dev.averment.checks.ingesttoken;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ingest-token}. */
public final class IngestTokenCheck implements CheckType {

    @Override
    public String name() {
        return "ingest-token";
    }

    @Override
    public String description() {
        return "Uses one monitor's token for others, before and after it was replaced, and tokens that nobody signed.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting(
                                "otherMonitor",
                                Kind.TEXT,
                                false,
                                "refused: what becomes of a ping with another monitor's token."),
                        new Setting(
                                "overlap",
                                Kind.TEXT,
                                false,
                                "bounded: a token that was replaced counts for the overlap, and no longer."),
                        new Setting(
                                "forged",
                                Kind.TEXT,
                                false,
                                "refused-without-query: what becomes of a token that the service did not sign.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "That the database is not asked is seen from when its connections of the server's roles were last used. On a"
                        + " server that is never quiet for the time of one request it can't be told, and the verdict says so.",
                "Whoever asked something else than this database about a forged token, such as a cache, would not be noticed.",
                "Forged tokens are of six kinds; that the signature can't be guessed or its key be stolen is not shown.",
                "The overlaps that are tried are of an hour, whose end is not awaited, and of a second.");
    }

    @Override
    public Collector collector() {
        return new IngestTokenCollector();
    }

    @Override
    public Judge judge() {
        return new IngestTokenJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        List<Subject> subjects = new ArrayList<>();
        IngestTokenCollector.ACCEPTED.forEach(
                name -> subjects.add(new Subject(name, Map.of("part", "token", "accepted", true, "status", 200L))));
        IngestTokenCollector.REFUSED.forEach(
                name -> subjects.add(new Subject(name, Map.of("part", "token", "accepted", false, "status", 403L))));
        IngestTokenCollector.FORGED.forEach(name -> subjects.add(
                new Subject(name, Map.of("part", "forged", "accepted", false, "status", 401L, "asked", "no"))));
        return new Facts(now, subjects, Map.of("endedWithin", 2_000L));
    }
}
