package dev.averment.checks.streamisolation;

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

/** {@code stream-isolation}. */
public final class StreamIsolationCheck implements CheckType {

    @Override
    public String name() {
        return "stream-isolation";
    }

    @Override
    public String description() {
        return "Writes events in two tenants at once and reads what each of them is sent, and looks for the other's.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("tenants", Kind.INTEGER, false, "2, the number of tenants made for checks."),
                        new Setting(
                                "events",
                                Kind.INTEGER,
                                false,
                                "Events that each tenant is sent; 1000 by default, at most 20000.")),
                List.of(new Setting("crossed", Kind.TEXT, false, "none: events that came to another tenant.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The two tenants are made for checks, and one person in each follows: what tells their events apart tells"
                        + " those of others apart, too, only as far as it is the same code.",
                "The events are written into the database as the application writes them, in some hundreds at a time; they are"
                        + " of one kind and small.",
                "Streams that the service offers elsewhere than below a workspace are not followed.");
    }

    @Override
    public Collector collector() {
        return new StreamIsolationCollector();
    }

    @Override
    public Judge judge() {
        return new StreamIsolationJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        Map<String, Object> whole = Map.of("told", 10_000L, "own", 10_000L, "foreign", 0L, "status", 200L);
        return new Facts(
                now,
                List.of(
                        new Subject(StreamIsolationCollector.ONE, whole),
                        new Subject(StreamIsolationCollector.OTHER, whole),
                        new Subject(
                                StreamIsolationCollector.RESUMED,
                                Map.of("told", 0L, "own", 400L, "foreign", 0L, "status", 200L)),
                        new Subject(
                                StreamIsolationCollector.INTRUDED,
                                Map.of("told", 0L, "own", 0L, "foreign", 0L, "status", 404L))),
                Map.of("tenants", 2L, "events", 10_000L));
    }
}
