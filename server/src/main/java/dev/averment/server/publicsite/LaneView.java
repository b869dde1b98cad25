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
 * @param bars    left to right
 * @param ticks   midnights, in the same units
 * @param dates   what stands under the Mondays among them
 * @param label   how much of the time each verdict held
 * @param spoken  the picture for who does not see it: its first and last day, the label, the newest failures
 * @param rows    the spans, newest first
 * @param failing those of the rows in which the claim failed, as sentences, newest first
 */
public record LaneView(
        List<Bar> bars,
        List<Tick> ticks,
        List<Date> dates,
        String label,
        String spoken,
        List<Row> rows,
        List<String> failing) {

    private static final int WIDTH = 1000;

    /** A span of seconds must still be seen. */
    private static final double THINNEST = 3;

    /** More spans than a thousand units can show; the table behind keeps the newest of them. */
    private static final int MOST = 400;

    /** Failures that are spelled out; the table has all of them. */
    private static final int MOST_FAILURES = 5;

    /** A label nearer to the edge than this hangs over it, and is laid against the edge instead. */
    private static final double EDGE = 30;

    /** Numbers as text with a full stop, whatever the machine's locale. */
    public record Bar(Verdict verdict, String x, String width, String title) {}

    public record Tick(String x, boolean week) {}

    /**
     * A day under the lane.
     *
     * @param x      percent of the width, so that the text is not stretched with the bars
     * @param anchor which part of the text stands there, as SVG names it
     * @param narrow whether there is room for it on a small screen too
     */
    public record Date(String x, String anchor, String text, boolean narrow) {}

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
        List<String> failing = failing(rows.reversed(), words);
        String shares = String.join(", ", label);
        String spoken = bars.isEmpty()
                ? words.noHistory()
                : words.period(from, now) + ": " + shares + ". "
                        + (failing.isEmpty() ? words.neverFailed() : String.join("; ", failing) + ".");
        return new LaneView(
                bars,
                ticks(from, now, scale),
                dates(from, now, scale, words),
                shares,
                spoken,
                rows.reversed(),
                failing);
    }

    private static List<String> failing(List<Row> newestFirst, Words words) {
        return newestFirst.stream()
                .filter(row -> row.verdict() == Verdict.FAILING)
                .limit(MOST_FAILURES)
                .map(row -> {
                    @Nullable Instant to = row.to();
                    return words.verdict(Verdict.FAILING) + " "
                            + (to == null
                                    ? words.since() + " " + words.instant(row.from())
                                    : words.moments(row.from(), to))
                            + " (" + row.length() + ")";
                })
                .toList();
    }

    /** Mondays; every other one, counted from the newest, where it is narrow. */
    private static List<Date> dates(Instant from, Instant now, double scale, Words words) {
        var mondays = new ArrayList<Instant>();
        Instant midnight = from.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        while (midnight.isBefore(now) && mondays.size() < 60) {
            if (monday(midnight)) {
                mondays.add(midnight);
            }
            midnight = midnight.plus(1, ChronoUnit.DAYS);
        }
        var dates = new ArrayList<Date>();
        for (int i = 0; i < mondays.size(); i++) {
            double x = Duration.between(from, mondays.get(i)).toSeconds() * scale;
            String anchor = x < EDGE ? "start" : x > WIDTH - EDGE ? "end" : "middle";
            boolean narrow = (mondays.size() - 1 - i) % 2 == 0;
            dates.add(new Date(decimal(x * 100 / WIDTH) + "%", anchor, words.shortDay(mondays.get(i)), narrow));
        }
        return dates;
    }

    private static boolean monday(Instant midnight) {
        return midnight.atOffset(ZoneOffset.UTC).getDayOfWeek() == java.time.DayOfWeek.MONDAY;
    }

    private static List<Tick> ticks(Instant from, Instant now, double scale) {
        var ticks = new ArrayList<Tick>();
        Instant midnight = from.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        while (midnight.isBefore(now) && ticks.size() < 366) {
            ticks.add(new Tick(decimal(Duration.between(from, midnight).toSeconds() * scale), monday(midnight)));
            midnight = midnight.plus(1, ChronoUnit.DAYS);
        }
        return ticks;
    }

    private static String decimal(double value) {
        return String.format(java.util.Locale.ROOT, "%.2f", value);
    }
}
