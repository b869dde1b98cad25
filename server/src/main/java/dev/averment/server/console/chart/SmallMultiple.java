package dev.averment.server.console.chart;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * One figure of a workflow over its runs: dots on a line over nought, and the limits that it has to keep. Small enough to
 * stand in a row of its like; every one has the same axis of time.
 *
 * @param line   points of a polyline; the line is broken nowhere, a run without the figure has no point
 * @param limits lines that the figure has to stay below or above
 * @param top    what the upper edge stands for, as text
 * @param last   the newest figure, as text; empty when there is none
 * @param words  the picture in words
 */
public record SmallMultiple(
        String name,
        TimeAxis axis,
        String line,
        List<Dot> dots,
        List<Line> limits,
        String top,
        Optional<String> last,
        String words) {

    public static final int HEIGHT = 72;

    /** @param out the figure broke a limit */
    public record Point(Instant at, double value, boolean out, String address) {}

    /** @param y the place of the limit */
    public record Line(String y, String title) {}

    /** @param percent its place from the left, where dots must not be stretched */
    public record Dot(String percent, String y, boolean out, String address, String title) {}

    /** What has to be kept: at most, or at least. */
    public record Limit(double value, String title) {}

    /** How a picture is put into words; each language has its own. */
    public interface Telling {
        String nothing(String name);

        String range(String name, String last, String median, String least, String most, int runs);
    }

    /**
     * @param write how a figure is written, with its unit
     * @param at    how a moment is written
     */
    public static SmallMultiple of(
            String name,
            TimeAxis axis,
            List<Point> all,
            List<Limit> limits,
            DoubleFunction<String> write,
            java.util.function.Function<Instant, String> at,
            Telling telling) {
        List<Point> points = all.stream()
                .filter(p -> axis.holds(p.at()) && Double.isFinite(p.value()) && p.value() >= 0)
                .sorted(Comparator.comparing(Point::at))
                .toList();
        double most = points.stream().mapToDouble(Point::value).max().orElse(0);
        // A limit far above every figure would press them to the ground, so it is drawn only near them.
        OptionalDouble near = limits.stream()
                .mapToDouble(Limit::value)
                .filter(v -> v <= 2.5 * most)
                .max();
        double top = round(Math.max(most, near.orElse(0)));
        var dots = new ArrayList<Dot>();
        var line = new StringBuilder();
        for (Point point : points) {
            String x = TimeAxis.units(axis.x(point.at()));
            String y = y(point.value(), top);
            line.append(line.isEmpty() ? "" : " ").append(x).append(',').append(y);
            dots.add(new Dot(
                    TimeAxis.percent(axis.x(point.at())),
                    y,
                    point.out(),
                    point.address(),
                    write.apply(point.value()) + ", " + at.apply(point.at())));
        }
        var lines = limits.stream()
                .filter(l -> l.value() <= top)
                .map(l -> new Line(y(l.value(), top), l.title()))
                .toList();
        Optional<String> last = points.isEmpty()
                ? Optional.empty()
                : Optional.of(write.apply(points.getLast().value()));
        return new SmallMultiple(
                name,
                axis,
                line.toString(),
                dots,
                lines,
                points.isEmpty() ? "" : write.apply(top),
                last,
                words(name, points, write, telling));
    }

    private static String words(String name, List<Point> points, DoubleFunction<String> write, Telling telling) {
        if (points.isEmpty()) {
            return telling.nothing(name);
        }
        double[] sorted = points.stream().mapToDouble(Point::value).sorted().toArray();
        return telling.range(
                name,
                write.apply(points.getLast().value()),
                write.apply(sorted[sorted.length / 2]),
                write.apply(sorted[0]),
                write.apply(sorted[sorted.length - 1]),
                sorted.length);
    }

    private static String y(double value, double top) {
        return TimeAxis.units(HEIGHT - value / top * (HEIGHT - 6) - 3);
    }

    /** The next of 1, 2, 5 times a power of ten; one for figures that are all nought. */
    static double round(double value) {
        if (value <= 0) {
            return 1;
        }
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 1.5, 2, 3, 5, 7.5, 10}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
