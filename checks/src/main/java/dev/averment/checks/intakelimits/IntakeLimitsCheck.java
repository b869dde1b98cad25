package dev.averment.checks.intakelimits;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import dev.averment.checks.tries.Tries;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code intake-limits}. */
public final class IntakeLimitsCheck implements CheckType {

    @Override
    public String name() {
        return "intake-limits";
    }

    @Override
    public String description() {
        return "Sends pings and events of a monitor, again and again, until they are refused with a time to wait.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("paths", Kind.LIST, false, "Ways to try: ingest, the only one that there is."),
                        Tries.setting(IntakeLimitsCollector.TRIES, IntakeLimitsCollector.MOST_TRIES)),
                Tries.expected("one"));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The limit of one monitor is met; what all monitors of a workspace may be sent together is not tried.",
                "Pings by name under a key of the workspace are not tried: they count by the name.",
                "Where the service is one process, nothing is shown of how several count together; the facts say on how many"
                        + " servers it was tried.",
                "The intake of reports of vulnerabilities is none of what is tried: it has a check of its own.",
                "A limit that is higher than the number of tries counts as none.");
    }

    @Override
    public Collector collector() {
        return new IntakeLimitsCollector();
    }

    @Override
    public Judge judge() {
        return new IntakeLimitsJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                IntakeLimitsCollector.PINGS,
                                Map.of("tried", 121L, "refused", true, "retryAfterSeconds", 55L)),
                        new Subject(
                                IntakeLimitsCollector.EVENTS,
                                Map.of("tried", 121L, "refused", true, "retryAfterSeconds", 54L))),
                Map.of("servers", 1L));
    }
}
