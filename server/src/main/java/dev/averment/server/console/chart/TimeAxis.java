package dev.averment.server.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Time from left to right over {@value #WIDTH} units. Marks stand on round times in UTC, as many as can be read beside each
 * other.
 */
public final class TimeAxis {
    public static final int WIDTH = 1000;

    private static final int MOST_MARKS = 8;

    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(15),
            Duration.ofHours(1),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofDays(1),
            Duration.ofDays(2),
            Duration.ofDays(7),
            Duration.ofDays(28),
            Duration.ofDays(91),
            Duration.ofDays(364));

    /** A round time, and what is written under it. {@code percent} is its place where text must not be stretched. */
    public record Mark(String percent, String text) {}

    private final Instant from;
    private final Instant to;
    private final double scale;

    /** @throws IllegalArgumentException if the time does not go forward */
    public TimeAxis(Instant from, Instant to) {
        if (!to.isAfter(from)) {
            throw new IllegalArgumentException("an axis goes forward, not from " + from + " to " + to);
        }
        this.from = from;
        this.to = to;
        this.scale = WIDTH / (double) Duration.between(from, to).toMillis();
    }

    public Instant from() {
        return from;
    }

    public Instant to() {
        return to;
    }

    /** Where a moment stands; what lies outside stands at the edge. */
    double x(Instant at) {
        return Math.clamp(Duration.between(from, at).toMillis() * scale, 0, WIDTH);
    }

    boolean holds(Instant at) {
        return !at.isBefore(from) && !at.isAfter(to);
    }

    public List<Mark> marks() {
        Duration span = Duration.between(from, to);
        Duration step = STEPS.stream()
                .filter(s -> span.dividedBy(s) < MOST_MARKS)
                .findFirst()
                .orElse(STEPS.getLast());
        var format = DateTimeFormatter.ofPattern(
                step.compareTo(Duration.ofDays(1)) >= 0 ? "MM-dd" : step.toSeconds() < 60 ? "HH:mm:ss" : "HH:mm",
                Locale.ROOT);
        var marks = new ArrayList<Mark>();
        long width = step.toMillis();
        long first = Math.ceilDiv(from.toEpochMilli(), width) * width;
        for (long at = first; at <= to.toEpochMilli() && marks.size() < 2 * MOST_MARKS; at += width) {
            Instant moment = Instant.ofEpochMilli(at);
            marks.add(new Mark(percent(x(moment)), format.format(moment.atOffset(ZoneOffset.UTC))));
        }
        return marks;
    }

    static String percent(double x) {
        return units(x * 100 / WIDTH) + "%";
    }

    /** A number of the picture, with a full stop whatever the machine's locale. */
    static String units(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
