package dev.averment.server.monitoring;

import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Runs as people look at them, and what people write about them. */
public final class Runs {
    /** Characters of a note. */
    public static final int NOTE = 4_000;

    /** Runs of all monitors in one look. */
    private static final int MOST = 5_000;

    private static final UUID LAST = new UUID(-1, -1);

    private final WorkspaceAccess access;
    private final Monitors monitors;
    private final InstantSource clock;
    private final RunStore runs = new RunStore();
    private final PingStore pings = new PingStore();
    private final TransitionStore transitions = new TransitionStore();
    private final OrderedIds ids = new OrderedIds();

    Runs(WorkspaceAccess access, Monitors monitors, InstantSource clock) {
        this.access = access;
        this.monitors = monitors;
        this.clock = clock;
    }

    /** A change of a run's status, or of its monitor's state by it. */
    public record Change(String of, String from, String to, Instant at, String actor, String reason) {}

    public record Note(Instant at, String actor, String text) {}

    /**
     * What a run wrote.
     *
     * @param tail       empty when the head is all of it
     * @param leftOut    bytes between the two
     * @param redactions how many secrets were struck out
     */
    public record Output(String head, String tail, long size, long leftOut, int redactions) {}

    /** A run with everything about it. */
    public record Whole(Monitor monitor, Run run, List<Change> changes, List<Note> notes, Optional<Output> output) {}

    /** The newest first. */
    public Outcome<List<Run>> of(Entrance entrance, UUID monitor, int limit) {
        return monitors.with(
                entrance,
                monitor,
                (inside, m) -> Outcome.done(runs.page(inside.jdbc(), m.workspace(), m.id(), LAST, limit)));
    }

    /** Runs of all monitors since {@code from}, the newest first. */
    public Outcome<Map<UUID, List<Run>>> since(Entrance entrance, Instant from) {
        return access.in(entrance, inside -> {
            Map<UUID, List<Run>> all = new HashMap<>();
            runs.since(inside.jdbc(), inside.context().workspace(), from, MOST)
                    .forEach(run -> all.computeIfAbsent(run.monitor, _ -> new ArrayList<>())
                            .add(run));
            return Outcome.done(all);
        });
    }

    public Outcome<Whole> whole(Entrance entrance, UUID monitor, UUID run) {
        return switch (stored(entrance, monitor, run)) {
            case Outcome.Done<Stored> done -> Outcome.done(done.value().whole());
            case Outcome.Refused<Stored> refused -> Outcome.refused(refused.why());
        };
    }

    /** A run with everything about it, as it lies in the database. */
    record Stored(
            Monitor monitor,
            Run run,
            List<TransitionStore.Kept> changes,
            List<RunStore.Note> notes,
            Optional<PingStore.Body> output) {
        private Whole whole() {
            return new Whole(
                    monitor,
                    run,
                    changes.stream()
                            .map(k -> new Change(
                                    k.what().subject().name().toLowerCase(java.util.Locale.ROOT),
                                    k.what().from(),
                                    k.what().to(),
                                    k.what().at(),
                                    k.what().actor(),
                                    k.what().reason()))
                            .toList(),
                    notes.stream()
                            .map(n -> new Note(n.at(), n.actor(), n.body()))
                            .toList(),
                    output.map(b -> new Output(b.head(), b.tail(), b.size(), b.leftOut(), b.redactions())));
        }
    }

    Outcome<Stored> stored(Entrance entrance, UUID monitor, UUID run) {
        return monitors.with(
                entrance,
                monitor,
                (inside, m) -> find(inside.jdbc(), m, run)
                        .map(found -> Outcome.done(new Stored(
                                m,
                                found,
                                transitions.ofRun(inside.jdbc(), m.workspace(), run),
                                runs.notes(inside.jdbc(), m.workspace(), run),
                                found.outputOf == null
                                        ? Optional.empty()
                                        : pings.body(inside.jdbc(), m.workspace(), m.id(), found.outputOf))))
                        .orElseGet(() -> Outcome.refused(new Refusal.NotFound())));
    }

    private Optional<Run> find(JdbcClient jdbc, Monitor monitor, UUID run) {
        return runs.byId(jdbc, monitor.workspace(), run).filter(found -> found.monitor.equals(monitor.id()));
    }

    /** Adds what somebody found out; it can't be changed afterwards. */
    public Outcome<Note> note(Entrance entrance, UUID monitor, UUID run, String text) {
        return switch (add(entrance, monitor, run, text)) {
            case Outcome.Done<RunStore.Note> done ->
                Outcome.done(new Note(
                        done.value().at(), done.value().actor(), done.value().body()));
            case Outcome.Refused<RunStore.Note> refused -> Outcome.refused(refused.why());
        };
    }

    /** As {@link #note}, with the row that it became. */
    Outcome<RunStore.Note> add(Entrance entrance, UUID monitor, UUID run, String text) {
        String note = text.strip();
        if (note.isEmpty() || note.length() > NOTE || note.indexOf('\0') >= 0) {
            return Outcome.refused(new Refusal.Invalid(
                    "bad-note", "Write {\"note\": \"…\"} with a text of 1 to " + NOTE + " characters."));
        }
        return monitors.with(entrance, monitor, (inside, m) -> {
            if (find(inside.jdbc(), m, run).isEmpty()) {
                return Outcome.refused(new Refusal.NotFound());
            }
            Instant now = clock.instant();
            var made = new RunStore.Note(ids.next(now), now, inside.context().actor(), note);
            runs.note(inside.jdbc(), m.workspace(), run, made);
            return Outcome.done(made);
        });
    }
}
