package dev.averment.server.monitoring;

import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was heard of monitors, ping by ping, and when they went up and down. */
public final class PingHistory {
    /** Pings or flips in one answer. */
    public static final int MOST = 1_000;

    private static final UUID LAST = new UUID(-1, -1);

    private final WorkspaceAccess access;
    private final Monitors monitors;
    private final PingStore pings = new PingStore();
    private final RunStore runs = new RunStore();
    private final TransitionStore transitions = new TransitionStore();

    PingHistory(WorkspaceAccess access, Monitors monitors) {
        this.access = access;
        this.monitors = monitors;
    }

    /**
     * How the runs of a monitor stand.
     *
     * @param running whether one has started and not ended
     * @param took    how long the last one took that did both
     */
    public record Latest(boolean running, Optional<Duration> took) {
        public static final Latest NONE = new Latest(false, Optional.empty());
    }

    /** A monitor went up, or down. */
    public record Flip(Instant at, boolean up) {}

    /** By monitor. */
    public Outcome<Map<UUID, Latest>> latest(Entrance entrance, Collection<UUID> of) {
        return access.in(entrance, inside -> {
            UUID workspace = inside.context().workspace();
            var open = runs.open(inside.jdbc(), workspace, of);
            var took = runs.lastDurations(inside.jdbc(), workspace, of);
            var all = new HashMap<UUID, Latest>();
            of.forEach(id -> all.put(id, new Latest(open.containsKey(id), Optional.ofNullable(took.get(id)))));
            return Outcome.done(all);
        });
    }

    /** Newest first, {@value #MOST} at most. */
    public Outcome<List<Ping>> pings(Entrance entrance, UUID monitor) {
        return monitors.with(
                entrance,
                monitor,
                (inside, m) -> Outcome.done(pings.newest(inside.jdbc(), m.workspace(), m.id(), Long.MAX_VALUE, MOST)));
    }

    /** What a ping carried, without secrets; none when it carried nothing, or is not there. */
    public Outcome<Runs.Output> body(Entrance entrance, UUID monitor, long n) {
        return monitors.with(
                entrance,
                monitor,
                (inside, m) -> pings.body(inside.jdbc(), m.workspace(), m.id(), n)
                        .map(b -> Outcome.done(
                                new Runs.Output(b.head(), b.tail(), b.size(), b.leftOut(), b.redactions())))
                        .orElseGet(() -> Outcome.refused(new Refusal.NotFound())));
    }

    /** Newest first. A monitor that is late, paused or unknown in between has not flipped. */
    public Outcome<List<Flip>> flips(Entrance entrance, UUID monitor) {
        return monitors.with(entrance, monitor, (inside, m) -> {
            List<TransitionStore.Kept> newest =
                    transitions.ofMonitor(inside.jdbc(), m.workspace(), m.id(), LAST, 2 * MOST);
            var flips = new ArrayList<Flip>();
            for (TransitionStore.Kept kept : newest.reversed()) {
                boolean up = kept.what().to().equals(MonitorState.UP.word());
                if ((up || kept.what().to().equals(MonitorState.DOWN.word()))
                        && (flips.isEmpty() || flips.getLast().up() != up)) {
                    flips.add(new Flip(kept.what().at(), up));
                }
            }
            return Outcome.done(flips.reversed().stream().limit(MOST).toList());
        });
    }
}
