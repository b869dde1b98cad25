package dev.averment.server.stream;

import dev.averment.server.limits.Slots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * One stream of server-sent events (HTML, §9.2), written by one thread. What it writes is of its own workspace, which is asked of
 * every event once more before it goes out; and it ends within seconds when its reader may no longer be here.
 */
public final class Connection {
    /** An event may have been made so long before its transaction ended. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    private static final int PAGE = 500;
    private static final String RETRY = "retry: 3000\n\n";

    private final StreamHub hub;
    private final UUID workspace;
    private final OutputStream out;
    private final BooleanSupplier welcome;
    private final Slots.Slot slot;
    private Position last = new Position(0, 0, 0);

    /**
     * @param welcome whether the reader may still be here
     * @param slot    kept alive while the stream runs; given back by whoever took it
     */
    public Connection(StreamHub hub, UUID workspace, OutputStream out, BooleanSupplier welcome, Slots.Slot slot) {
        this.hub = hub;
        this.workspace = workspace;
        this.out = out;
        this.welcome = welcome;
        this.slot = slot;
    }

    /**
     * Writes until the reader is gone, too slow, not welcome any more, or has been here long enough.
     *
     * @param after id of the last event that the reader knows; empty for one who begins now
     * @throws IOException when the reader is gone
     */
    public void run(String after) throws IOException, InterruptedException {
        var reader = new Reader(workspace, hub.policy().queue());
        Position from = hub.join(reader);
        try {
            begin(after, from);
            follow(reader);
        } finally {
            hub.leave(reader);
        }
    }

    private void begin(String after, Position from) throws IOException {
        out.write(RETRY.getBytes(StandardCharsets.US_ASCII));
        if (after.isEmpty()) {
            last = from;
            write(last, "ready", "{}");
        } else {
            Optional<Position> known = Position.parse(after).filter(this::stillKept);
            if (known.isEmpty() || !replay(known.get(), from)) {
                last = from;
                resync("what came after the id that you named is not kept any more");
            }
        }
        out.flush();
    }

    /** Whether everything that came later is still there. An id of another database, before or after a restore, is not. */
    private boolean stillKept(Position known) {
        long oldest = hub.now().minus(hub.policy().keep()).plus(MARGIN).getEpochSecond();
        return known.second() > oldest && known.xid() < hub.horizon(workspace);
    }

    /** False when there is more than a reader is told. */
    private boolean replay(Position known, Position upTo) throws IOException {
        last = known;
        int told = 0;
        List<Event> page;
        do {
            page = hub.between(workspace, last, upTo, PAGE);
            told += page.size();
            if (told > hub.policy().replay()) {
                return false;
            }
            for (Event event : page) {
                write(event);
            }
        } while (page.size() == PAGE);
        // The id moves on, so that somebody who heard nothing for a day needs no resync.
        if (upTo.compareTo(last) > 0) {
            last = upTo;
        }
        write(last, "ready", "{}");
        return true;
    }

    private void follow(Reader reader) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long longest = spread(hub.policy().longest()).toNanos();
        long nextCheck = start + hub.policy().recheck().toNanos();
        long nextBeat = start + spread(hub.policy().heartbeat()).toNanos();
        while (System.nanoTime() - start < longest) {
            long now = System.nanoTime();
            Duration wait = Duration.ofNanos(Math.max(0, Math.min(nextCheck, nextBeat) - now));
            List<Event> events = reader.await(wait);
            if (reader.over()) {
                return;
            }
            if (System.nanoTime() >= nextCheck) {
                if (!welcome.getAsBoolean()) {
                    return;
                }
                slot.renew();
                nextCheck = System.nanoTime() + hub.policy().recheck().toNanos();
            }
            for (Event event : events) {
                write(event);
            }
            if (reader.behind()) {
                resync("events came faster than they were read");
                out.flush();
                return;
            }
            if (!events.isEmpty()) {
                out.flush();
                nextBeat = System.nanoTime() + spread(hub.policy().heartbeat()).toNanos();
            } else if (System.nanoTime() >= nextBeat) {
                out.write(": \n\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                nextBeat = System.nanoTime() + spread(hub.policy().heartbeat()).toNanos();
            }
        }
    }

    /** Up to a tenth less, so that a thousand connections don't all do it at the same moment. */
    private static Duration spread(Duration time) {
        return time.minusMillis(ThreadLocalRandom.current().nextLong(Math.max(1, time.toMillis() / 10)));
    }

    /** The last look: whatever brought it here, nothing of another workspace leaves. */
    private boolean ours(Event event) {
        return event.workspace().equals(workspace);
    }

    private void write(Event event) throws IOException {
        if (!ours(event)) {
            throw new IllegalStateException("an event of another workspace came to a stream");
        }
        if (event.position().compareTo(last) <= 0) {
            // Told when the reader came back.
            return;
        }
        last = event.position();
        write(
                last,
                event.kind(),
                "{\"at\":\"" + event.at() + "\",\"data\":" + event.data() + ",\"subject\":\"" + event.subject()
                        + "\"}");
    }

    private void resync(String why) throws IOException {
        write(last, "resync", "{\"reason\":\"" + why + "\"}");
    }

    private void write(Position id, String kind, String data) throws IOException {
        out.write(("id: " + id + "\nevent: " + kind + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
}
