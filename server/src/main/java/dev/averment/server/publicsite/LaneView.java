package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import dev.averment.server.claims.PublishedPages.VerdictSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The history of a claim's verdicts as a lane: one bar a span, 1000 units wide. Height and form tell the verdict, colour
 * only repeats it.
 *
 * @param bars  left to right
 * @param ticks midnights, in the same units
 * @param label the picture in words
 */
public record LaneView(List<Bar> bars, List<Tick> ticks, String label, List<Row> rows) {

    private static final int WIDTH = 1000;

    /** A span of seconds must still be seen. */
    private static final double THINNEST = 3;

    /** More spans than a thousand units can show; the table behind keeps the newest of them. */
    private static final int MOST = 400;

    /** Numbers as text with a full stop, whatever the machine's locale. */
    public record Bar(Verdict verdict, String x, String width, String title) {}

    public record Tick(String x, boolean week) {}

    public record Row(
            Verdict verdict,
            String word,
            Instant from,
            @Nullable Instant to,
            String length) {}

    static LaneView of(List<VerdictSpan> all, Instant from, Instant now, Words words) {
        List<VerdictSpan> spans = all.size() <= MOST ? all : all.subList(all.size() - MOST, all.size());
        double scale = WIDTH / (double) Math.max(1, Duration.between(from, now).toSeconds());
        var bars = new ArrayList<Bar>();
        var rows = new ArrayList<Row>();
        Map<Verdict, Long> seconds = new EnumMap<>(Verdict.class);
        for (VerdictSpan span : spans) {
            @Nullable Instant to = span.to();
            Instant start = span.from().isBefore(from) ? from : span.from();
            Instant end = to == null || to.isAfter(now) ? now : to;
            if (!end.isAfter(start)) {
                continue;
            }
            String length = words.lasting(Duration.between(span.from(), end));
            double x = Duration.between(from, start).toSeconds() * scale;
            double width = Math.max(THINNEST, Duration.between(start, end).toSeconds() * scale);
            bars.add(new Bar(
                    span.verdict(),
                    decimal(Math.min(x, WIDTH - THINNEST)),
                    decimal(width),
                    words.verdict(span.verdict()) + ", " + words.instant(span.from()) + ", " + length));
            rows.add(new Row(span.verdict(), words.verdict(span.verdict()), span.from(), to, length));
            seconds.merge(span.verdict(), Duration.between(start, end).toSeconds(), Long::sum);
        }
        long total =
                Math.max(1, seconds.values().stream().mapToLong(Long::longValue).sum());
        var label = new ArrayList<String>();
        seconds.forEach((v, s) -> label.add(words.verdict(v) + " " + words.number(100.0 * s / total, 1) + "\u00a0%"));
        return new LaneView(bars, ticks(from, now, scale), String.join(", ", label), rows.reversed());
    }

    private static List<Tick> ticks(Instant from, Instant now, double scale) {
        var ticks = new ArrayList<Tick>();
        Instant midnight = from.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        while (midnight.isBefore(now) && ticks.size() < 366) {
            boolean monday = midnight.atOffset(ZoneOffset.UTC).getDayOfWeek() == java.time.DayOfWeek.MONDAY;
            ticks.add(new Tick(decimal(Duration.between(from, midnight).toSeconds() * scale), monday));
            midnight = midnight.plus(1, ChronoUnit.DAYS);
        }
        return ticks;
    }

    private static String decimal(double value) {
        return String.format(java.util.Locale.ROOT, "%.2f", value);
    }
}
