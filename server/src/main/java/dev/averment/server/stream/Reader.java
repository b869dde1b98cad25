package dev.averment.server.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What waits for one connection: a queue that the hub fills, and that is thrown away when it is full. */
final class Reader {
    /** Wakes whoever waits at the queue. */
    private static final Event NOTHING = new Event(new UUID(0, 0), new Position(0, 0, 0), "", "", "", Instant.EPOCH);

    private final UUID workspace;
    private final ArrayBlockingQueue<Event> queue;
    private volatile boolean behind;
    private volatile boolean over;

    Reader(UUID workspace, int most) {
        this.workspace = workspace;
        this.queue = new ArrayBlockingQueue<>(most);
    }

    UUID workspace() {
        return workspace;
    }

    /** Never waits: one slow reader holds up nobody else. */
    void offer(Event event) {
        if (!behind && !queue.offer(event)) {
            behind = true;
            wake();
        }
    }

    /** The server stops. */
    void end() {
        over = true;
        wake();
    }

    private void wake() {
        queue.clear();
        // A full queue wakes as well.
        queue.offer(NOTHING);
    }

    /** True when events were lost because the reader took them too slowly. */
    boolean behind() {
        return behind;
    }

    boolean over() {
        return over;
    }

    /** What came, in order, when something came within that time; empty for silence. */
    List<Event> await(Duration longest) throws InterruptedException {
        @Nullable Event first = queue.poll(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS);
        if (first == null) {
            return List.of();
        }
        var events = new ArrayList<Event>();
        events.add(first);
        queue.drainTo(events);
        events.removeIf(event -> event == NOTHING);
        return events;
    }
}
