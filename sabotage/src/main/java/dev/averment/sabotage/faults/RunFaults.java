package dev.averment.sabotage.faults;

import dev.averment.sabotage.Sabotage;
import java.util.List;

/** What makes runs leave less than they are said to. */
public final class RunFaults {
    private RunFaults() {}

    /** For {@code run-records}. */
    public static List<Sabotage> records() {
        return List.of(
                Sql.trigger(
                        "transition-without-record",
                        "That a run failed leaves no record.",
                        "before insert on monitoring.transition",
                        "if new.subject = 'run' and new.to_state = 'failed' then return null; end if; return new;"),
                Sql.trigger(
                        "transition-by-nobody",
                        "Records of changes do not say who made them.",
                        "before insert on monitoring.transition",
                        "new.actor := 'somebody'; return new;"),
                Sql.trigger(
                        "run-under-another-id",
                        "A run is kept without the id that it was told with.",
                        "before insert on monitoring.run",
                        "new.rid := null; return new;"),
                Sql.trigger(
                        "note-swallowed",
                        "What operators note on a run is not kept.",
                        "before insert on monitoring.trace_note",
                        "return null;"));
    }

    /** For {@code run-metrics}. */
    public static List<Sabotage> metrics() {
        return List.of(
                Sql.trigger(
                        "incomplete-passes-for-complete",
                        "A run that lacks a figure is kept as one that went well.",
                        "before insert or update on monitoring.run",
                        "if new.status = 'incomplete' then new.status := 'succeeded'; end if; return new;"),
                Sql.trigger(
                        "peak-memory-lost",
                        "The peak memory that a run reports is not kept.",
                        "before insert or update on monitoring.run",
                        "new.peak_memory := null; return new;"),
                Sql.trigger(
                        "throughput-doubled",
                        "Twice the throughput of each run is kept.",
                        "before insert or update on monitoring.run",
                        "new.throughput := new.throughput * 2; return new;"));
    }
}
