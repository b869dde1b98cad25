package dev.averment.checks.streamcap;

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

/** {@code stream-cap}. */
public final class StreamCapCheck implements CheckType {

    @Override
    public String name() {
        return "stream-cap";
    }

    @Override
    public String description() {
        return "Opens streams until one is refused, closes one, and opens another in its place.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting(
                        "most", Kind.INTEGER, false, "Streams that are opened at most; 50 by default, at most 500.")),
                List.of(
                        new Setting(
                                "beyond",
                                Kind.TEXT,
                                false,
                                "refused: what becomes of a stream beyond the limit, with the reason."),
                        new Setting(
                                "released", Kind.TEXT, false, "on-close: when the place of a stream is free again.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Streams are closed by the reader, who then has an event written for them: a reader who vanishes without a"
                        + " word, and a stream on which nothing happens, are not tried.",
                "Where the service is one process, nothing is shown of how several count together; the facts say on how many"
                        + " servers it was tried.",
                "A limit that is higher than the number of streams that are opened counts as none.");
    }

    @Override
    public Collector collector() {
        return new StreamCapCollector();
    }

    @Override
    public Judge judge() {
        return new StreamCapJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        Map<String, Object> refused = Map.of("opened", false, "status", 429L, "reason", true, "retryAfterSeconds", 5L);
        return new Facts(
                now,
                List.of(
                        new Subject(StreamCapCollector.BEYOND, refused),
                        new Subject(StreamCapCollector.ELSEWHERE, refused),
                        new Subject(
                                StreamCapCollector.RELEASED, Map.of("opened", true, "status", 200L, "millis", 900L)),
                        new Subject(StreamCapCollector.AGAIN, refused)),
                Map.of("streams", 10L, "servers", 1L));
    }
}
