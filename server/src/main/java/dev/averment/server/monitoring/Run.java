package dev.averment.server.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One execution of a watched workflow, or a slot for which there was none. Changed by {@link Watch} alone. */
public final class Run {
    public final UUID id;
    public final UUID monitor;
    public final @Nullable UUID rid;
    public final @Nullable Instant slot;
    public final @Nullable Instant startedAt;

    @Nullable
    Instant deadline;

    @Nullable
    Instant endedAt;

    RunStatus status;
    boolean open;

    @Nullable
    Integer exit;

    String reason = "";
    /** Slots in a row that this row stands for. */
    int slots = 1;

    final Map<String, Double> metrics = new TreeMap<>();
    /** The ping that carries its output. */
    @Nullable
    Long outputOf;

    Run(
            UUID id,
            UUID monitor,
            @Nullable UUID rid,
            @Nullable Instant slot,
            @Nullable Instant startedAt,
            @Nullable Instant deadline,
            RunStatus status,
            boolean open) {
        this.id = id;
        this.monitor = monitor;
        this.rid = rid;
        this.slot = slot;
        this.startedAt = startedAt;
        this.deadline = deadline;
        this.status = status;
        this.open = open;
    }

    public RunStatus status() {
        return status;
    }

    public @Nullable Instant deadline() {
        return deadline;
    }

    public @Nullable Instant endedAt() {
        return endedAt;
    }

    public @Nullable Integer exit() {
        return exit;
    }

    public String reason() {
        return reason;
    }

    /** Slots in a row that this run stands for. */
    public int slots() {
        return slots;
    }

    public Map<String, Double> metrics() {
        return Map.copyOf(metrics);
    }

    /** The first moment that is known of it: its start, else the slot that it missed, else its end. */
    public Instant at() {
        if (startedAt != null) {
            return startedAt;
        }
        return slot != null ? slot : endedAt != null ? endedAt : OrderedIds.time(id);
    }

    /** Null while it runs, or when nothing was heard of its start. */
    public @Nullable Duration duration() {
        return startedAt == null || endedAt == null ? null : Duration.between(startedAt, endedAt);
    }

    /** What it said itself; else records, or else bytes, by second of its duration. Null when neither is known. */
    @Nullable
    Double throughput() {
        Double said = metrics.get("throughput");
        Duration took = duration();
        if (said != null || took == null || !took.isPositive()) {
            return said;
        }
        Double work = metrics.getOrDefault("records_out", metrics.get("bytes"));
        return work == null ? null : work * 1_000_000_000 / took.toNanos();
    }

    /** Whether a metric is known, as it was reported or measured. */
    boolean has(String metric) {
        return metrics.containsKey(metric) || metric.equals("throughput") && throughput() != null;
    }
}
