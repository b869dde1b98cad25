package dev.averment.server.console.flow;

import dev.averment.server.console.Sheet;
import dev.averment.server.console.chart.RunLane;
import dev.averment.server.console.chart.SmallMultiple;
import dev.averment.server.console.chart.TimeAxis;
import dev.averment.server.monitoring.Monitor;
import dev.averment.server.monitoring.MonitorState;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.Run;
import dev.averment.server.monitoring.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Workflows and runs as a page shows them: in words of its language, and as pictures. */
public final class Board {
    private final Sheet sheet;
    private final String base;
    private final Figures figures;

    /** @param workspace whose they are; addresses are below it */
    Board(Sheet sheet, UUID workspace) {
        this.sheet = sheet;
        this.base = "/workspaces/" + workspace;
        this.figures = new Figures(sheet.language().words());
    }

    /**
     * A workflow's line in a list.
     *
     * @param when what comes next, or when it was last heard of
     */
    public record Row(String address, String name, MonitorState state, String since, RunLane lane, String when) {
        public boolean wrong() {
            return Tone.wrong(state);
        }
    }

    /** A run's line in a table. An empty text is a figure that the run does not have. */
    public record RunRow(
            String address,
            String at,
            RunStatus status,
            String duration,
            String records,
            String memory,
            String exit,
            String reason) {
        public boolean wrong() {
            return Tone.wrong(status);
        }
    }

    /** The wrong ones first, then by name. */
    List<Row> rows(List<Monitors.Seen> all, Map<UUID, List<Run>> runs, TimeAxis axis) {
        return all.stream()
                .sorted(Comparator.comparing(
                                (Monitors.Seen s) -> order(s.state().state()))
                        .thenComparing(s -> s.monitor().name(), String.CASE_INSENSITIVE_ORDER))
                .map(s -> new Row(
                        address(s.monitor().id()),
                        s.monitor().name(),
                        s.state().state(),
                        sheet.say(Flow.SINCE, sheet.instant(s.state().since())),
                        lane(runs.getOrDefault(s.monitor().id(), List.of()), axis),
                        when(s)))
                .toList();
    }

    private static int order(MonitorState state) {
        return switch (state) {
            case DOWN -> 0;
            case LATE -> 1;
            case UNKNOWN -> 2;
            case UP, NEW -> 3;
            case PAUSED -> 4;
        };
    }

    public String when(Monitors.Seen seen) {
        Instant due = seen.state().due();
        if (due != null && seen.state().state() != MonitorState.PAUSED) {
            return sheet.say(Flow.NEXT, sheet.instant(due));
        }
        return sheet.say(Flow.LAST, seen.heardAt() == null ? sheet.say(Flow.NEVER) : sheet.instant(seen.heardAt()));
    }

    RunLane lane(List<Run> runs, TimeAxis axis) {
        List<RunLane.Run> bars = runs.stream()
                .filter(r -> !absent(r))
                .map(r -> new RunLane.Run(r.at(), end(r), Tone.end(r.status()), address(r), title(r)))
                .toList();
        List<RunLane.Missed> missed = runs.stream()
                .filter(r -> r.status() == RunStatus.MISSED)
                .map(r -> new RunLane.Missed(r.at(), title(r)))
                .toList();
        List<Instant> due = runs.stream()
                .map(r -> r.slot)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return RunLane.of(axis, bars, due, missed);
    }

    private static boolean absent(Run run) {
        return run.startedAt == null && run.endedAt() == null;
    }

    /** A run of which only one moment is known has no length. */
    private static Optional<Instant> end(Run run) {
        if (run.status() == RunStatus.RUNNING) {
            return Optional.empty();
        }
        return Optional.of(run.endedAt() != null ? run.endedAt() : run.deadline() != null ? run.deadline() : run.at());
    }

    private String title(Run run) {
        String said = sheet.instant(run.at()) + ": " + sheet.say(Tone.word(run.status()));
        return run.duration() == null ? said : said + ", " + figures.duration(run.duration());
    }

    List<RunRow> table(List<Run> runs) {
        return runs.stream()
                .map(r -> new RunRow(
                        address(r),
                        sheet.instant(r.at()),
                        r.status(),
                        r.duration() == null ? "" : figures.duration(r.duration()),
                        metric(r, "records_out", figures::count),
                        metric(r, "peak_memory", figures::bytes),
                        r.exit() == null ? "" : r.exit().toString(),
                        r.reason()))
                .toList();
    }

    private static String metric(Run run, String name, DoubleFunction<String> write) {
        Double value = run.metrics().get(name);
        return value == null ? "" : write.apply(value);
    }

    /** Name and value of everything that a run measured. */
    public Map<String, String> measured(Run run) {
        var all = new java.util.LinkedHashMap<String, String>();
        run.metrics().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(m -> all.put(
                        m.getKey(),
                        switch (m.getKey()) {
                            case "bytes", "peak_memory" -> figures.bytes(m.getValue());
                            case "throughput" -> figures.rate(m.getValue());
                            default -> figures.count(m.getValue());
                        }));
        return all;
    }

    /** Duration always; the others when a run has sent them. */
    List<SmallMultiple> multiples(Monitor monitor, List<Run> runs, TimeAxis axis) {
        var all = new ArrayList<SmallMultiple>();
        var limits = new ArrayList<SmallMultiple.Limit>();
        limit(limits, Flow.LIMIT_MOST, monitor.maxRun());
        limit(limits, Flow.LIMIT_LEAST, monitor.minRun());
        all.add(chart(
                Flow.DURATION,
                runs,
                r -> r.duration() == null ? null : Double.valueOf(r.duration().toMillis()),
                r -> r.status() == RunStatus.OVERRUN || r.status() == RunStatus.SHORT,
                limits,
                figures::millis,
                axis));
        addIfAny(all, chart(Flow.THROUGHPUT, runs, "throughput", figures::rate, axis));
        addIfAny(all, chart(Flow.RECORDS, runs, "records_out", figures::count, axis));
        addIfAny(all, chart(Flow.MEMORY, runs, "peak_memory", figures::bytes, axis));
        return all;
    }

    private void limit(List<SmallMultiple.Limit> limits, Flow words, @Nullable Duration limit) {
        if (limit != null) {
            limits.add(new SmallMultiple.Limit(limit.toMillis(), sheet.say(words, figures.duration(limit))));
        }
    }

    private static void addIfAny(List<SmallMultiple> all, SmallMultiple chart) {
        if (!chart.dots().isEmpty()) {
            all.add(chart);
        }
    }

    private SmallMultiple chart(Flow name, List<Run> runs, String metric, DoubleFunction<String> write, TimeAxis axis) {
        return chart(name, runs, r -> r.metrics().get(metric), _ -> false, List.of(), write, axis);
    }

    private SmallMultiple chart(
            Flow name,
            List<Run> runs,
            Function<Run, @Nullable Double> value,
            java.util.function.Predicate<Run> out,
            List<SmallMultiple.Limit> limits,
            DoubleFunction<String> write,
            TimeAxis axis) {
        var points = new ArrayList<SmallMultiple.Point>();
        for (Run run : runs) {
            Double figure = value.apply(run);
            if (figure != null) {
                points.add(new SmallMultiple.Point(run.at(), figure, out.test(run), address(run)));
            }
        }
        return SmallMultiple.of(
                sheet.say(name), axis, points, limits, write, sheet::instant, new SmallMultiple.Telling() {
                    @Override
                    public String nothing(String chart) {
                        return sheet.say(Flow.CHART_NOTHING, chart);
                    }

                    @Override
                    public String range(
                            String chart, String last, String median, String least, String most, int count) {
                        return sheet.say(Flow.CHART_RANGE, chart, last, Integer.toString(count), median, least, most);
                    }
                });
    }

    /** Such as "every 15 min, may be 5 min late". */
    public String plan(Monitor monitor) {
        String plan = monitor.plan().expression() == null
                ? sheet.say(
                        Flow.EVERY,
                        figures.duration(Objects.requireNonNull(monitor.plan().every())))
                : monitor.plan().expression() + " (" + monitor.plan().zone() + ")";
        return sheet.say(Flow.PLAN, plan, figures.duration(monitor.grace()));
    }

    public String address(UUID monitor) {
        return base + "/monitors/" + monitor;
    }

    public String address(Run run) {
        return address(run.monitor) + "/runs/" + run.id;
    }

    public String bytes(long size) {
        return figures.bytes(size);
    }
}
