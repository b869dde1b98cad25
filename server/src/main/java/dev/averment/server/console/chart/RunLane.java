package dev.averment.server.console.chart;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Runs of one workflow on their schedule: a bar a run, a tick where one was due, a hollow mark where one was due and did not
 * come. Runs at the same time lie on rows under each other. Form and height tell how a run ended, colour only repeats it.
 *
 * @param bars   left to right
 * @param due    when a run was due
 * @param missed where none came
 * @param rows   how many rows the bars need, at least one
 */
public record RunLane(TimeAxis axis, List<Bar> bars, List<String> due, List<Gap> missed, int rows) {

    /** A run of seconds must still be seen and hit with a pointer. */
    private static final double THINNEST = 4;

    /** More overlapping runs than this share the last row. */
    private static final int MOST_ROWS = 6;

    public static final int ROW_HEIGHT = 22;

    /** How a run ended, or that it did not yet. */
    public enum End {
        OK,
        FAILED,
        OVERRUN,
        INCOMPLETE,
        RUNNING,
        UNKNOWN;

        /** As it is written in the style sheet. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** @param end empty while it runs */
    public record Run(Instant start, Optional<Instant> end, End how, String address, String title) {}

    /** Numbers as text, ready for the picture. */
    public record Bar(String x, String width, int y, End how, String address, String title) {}

    public record Gap(String x, String title) {}

    /**
     * @param runs   in any order; what lies before or after the axis is left out
     * @param due    moments that runs were due
     * @param missed moments that runs were due and did not come, and what to say of each
     */
    public static RunLane of(TimeAxis axis, List<Run> runs, List<Instant> due, List<Missed> missed) {
        var bars = new ArrayList<Bar>();
        var free = new ArrayList<Instant>();
        for (Run run : runs.stream()
                .filter(r -> !r.start().isAfter(axis.to())
                        && !r.end().orElse(axis.to()).isBefore(axis.from()))
                .sorted(Comparator.comparing(Run::start))
                .toList()) {
            double x = Math.min(axis.x(run.start()), TimeAxis.WIDTH - THINNEST);
            double width = Math.max(THINNEST, axis.x(run.end().orElse(axis.to())) - x);
            bars.add(new Bar(
                    TimeAxis.units(x),
                    TimeAxis.units(width),
                    row(free, run.start(), run.end().orElse(axis.to())) * ROW_HEIGHT,
                    run.how(),
                    run.address(),
                    run.title()));
        }
        return new RunLane(
                axis,
                bars,
                due.stream()
                        .filter(axis::holds)
                        .map(at -> TimeAxis.units(axis.x(at)))
                        .toList(),
                missed.stream()
                        .filter(m -> axis.holds(m.at()))
                        .map(m -> new Gap(TimeAxis.units(axis.x(m.at())), m.title()))
                        .toList(),
                Math.max(1, free.size()));
    }

    public record Missed(Instant at, String title) {}

    /** The first row that is free at {@code start}; what is drawn wider than it is long overlaps nothing. */
    private static int row(List<Instant> free, Instant start, Instant end) {
        for (int i = 0; i < free.size(); i++) {
            if (!free.get(i).isAfter(start) || i == MOST_ROWS - 1) {
                free.set(i, free.get(i).isAfter(end) ? free.get(i) : end);
                return i;
            }
        }
        free.add(end);
        return free.size() - 1;
    }

    public int height() {
        return rows * ROW_HEIGHT;
    }

    /** The span of the lane, for the words beside it. */
    public Duration span() {
        return Duration.between(axis.from(), axis.to());
    }
}
