package dev.averment.server.stream;

import dev.averment.server.loop.Loop;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Brings events to the connections of this server. Each server looks for itself, so that there may be any number: one look over
 * all workspaces says where something happened, and then each workspace that somebody listens in is read once, in its own
 * sealed context, for all of its connections. A commit in this process wakes it at once.
 */
public final class StreamHub extends Loop {
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration NOBODY = Duration.ofSeconds(1);
    private static final Duration PURGE_EVERY = Duration.ofMinutes(10);
    private static final int BATCH = 500;
    private static final int PURGE_BATCH = 5_000;

    private final EventStore events = new EventStore();
    private final NewsStore news;
    private final Workspaces workspaces;
    private final InstantSource clock;
    private final StreamPolicy policy;
    private final Map<UUID, Room> rooms = new ConcurrentHashMap<>();
    private long seen = -1;
    private Instant nextPurge = Instant.MIN;

    /** @param worker the pool of {@code averment_worker} */
    public StreamHub(
            javax.sql.DataSource worker,
            Workspaces workspaces,
            Streams streams,
            InstantSource clock,
            StreamPolicy policy) {
        super("streams", "events can't be read for streams now", Duration.ofSeconds(1));
        this.news = new NewsStore(worker);
        this.workspaces = workspaces;
        this.clock = clock;
        this.policy = policy;
        streams.onCommit(this::wake);
    }

    /** The connections in one workspace. Guarded by itself. */
    private static final class Room {
        final Set<Reader> readers = new HashSet<>();
        Position passed;
        boolean gone;

        Room(Position passed) {
            this.passed = passed;
        }
    }

    /**
     * Adds a reader, who gets whatever comes after the place that is returned.
     *
     * <p>A room that is new begins at what is over now; the next round reads it whatever the look over all workspaces says.
     */
    Position join(Reader reader) {
        while (true) {
            Room room = rooms.computeIfAbsent(reader.workspace(), this::room);
            synchronized (room) {
                if (!room.gone) {
                    room.readers.add(reader);
                    wake();
                    return room.passed;
                }
            }
        }
    }

    private Room room(UUID workspace) {
        long horizon = workspaces.reading(context(workspace), events::horizon);
        return new Room(Position.before(horizon, clock.instant().getEpochSecond()));
    }

    void leave(Reader reader) {
        Room room = rooms.get(reader.workspace());
        if (room != null) {
            synchronized (room) {
                room.readers.remove(reader);
                if (room.readers.isEmpty()) {
                    room.gone = true;
                    rooms.remove(reader.workspace(), room);
                }
            }
        }
    }

    /** Events between two places, for a reader who was away: after the first, up to and with the second. */
    List<Event> between(UUID workspace, Position after, Position last, int most) {
        return workspaces
                .reading(context(workspace), tx -> events.after(tx, workspace, after, last.xid() + 1, most))
                .stream()
                .filter(event -> event.position().compareTo(last) <= 0)
                .toList();
    }

    /** The first transaction that may still write. */
    long horizon(UUID workspace) {
        return workspaces.reading(context(workspace), events::horizon);
    }

    @Override
    protected Duration round() {
        purge();
        if (rooms.isEmpty()) {
            return NOBODY;
        }
        // Rooms that are there now are looked at; one that comes meanwhile wakes the next round.
        var there = new ArrayList<>(rooms.entrySet());
        long horizon = news.horizon();
        Set<UUID> moved = new HashSet<>(news.moved(seen, horizon));
        for (Map.Entry<UUID, Room> entry : there) {
            Room room = entry.getValue();
            boolean behind;
            synchronized (room) {
                behind = room.passed.xid() < seen - 1;
            }
            if (behind || moved.contains(entry.getKey())) {
                advance(entry.getKey(), room, horizon);
            }
            synchronized (room) {
                Position reached = Position.before(horizon, clock.instant().getEpochSecond());
                if (reached.compareTo(room.passed) > 0) {
                    room.passed = reached;
                }
            }
        }
        seen = horizon;
        return LOOK;
    }

    private void advance(UUID workspace, Room room, long horizon) {
        List<Event> batch;
        do {
            Position from;
            synchronized (room) {
                from = room.passed;
            }
            batch = workspaces.reading(context(workspace), tx -> events.after(tx, workspace, from, horizon, BATCH));
            synchronized (room) {
                for (Event event : batch) {
                    room.passed = event.position();
                    room.readers.forEach(reader -> reader.offer(event));
                }
            }
        } while (batch.size() == BATCH);
    }

    private void purge() {
        Instant now = clock.instant();
        if (now.isBefore(nextPurge)) {
            return;
        }
        int gone;
        do {
            gone = news.purge(now.minus(policy.keep()), PURGE_BATCH);
        } while (gone == PURGE_BATCH);
        nextPurge = now.plus(PURGE_EVERY);
    }

    private static WorkspaceContext context(UUID workspace) {
        return new WorkspaceContext(workspace, "service:streams");
    }

    StreamPolicy policy() {
        return policy;
    }

    Instant now() {
        return clock.instant();
    }

    @Override
    public void stop() {
        super.stop();
        for (Room room : List.copyOf(rooms.values())) {
            synchronized (room) {
                room.readers.forEach(Reader::end);
            }
        }
    }
}
