package dev.averment.checks.streamisolation;

import dev.averment.checks.CollectException;
import dev.averment.checks.streams.EventStream;
import dev.averment.checks.streams.EventStream.Attempt;
import dev.averment.checks.streams.EventStream.Event;
import dev.averment.checks.target.Web;
import java.util.BitSet;

/** Somebody who follows one workspace's stream, and goes on where it ended when it ends. */
final class Follower implements AutoCloseable {
    private static final String RESYNC = "resync";

    private final Web server;
    private final String path;
    private final String token;
    private final String workspace;
    private final String other;
    // Guarded by this.
    private final BitSet own = new BitSet();
    private long foreign;
    private boolean ready;
    private boolean lost;
    private String last = "";

    private @org.jspecify.annotations.Nullable EventStream stream;
    private int status;

    /**
     * @param workspace whose events it should get
     * @param other     whose it should not
     */
    Follower(Web server, String path, String token, String workspace, String other) {
        this.server = server;
        this.path = path;
        this.token = token;
        this.workspace = workspace;
        this.other = other;
    }

    /** @param after id of an event, anybody's; empty to begin now */
    boolean open(String after) throws CollectException {
        Attempt attempt = EventStream.open(server, path, token, after, this::heard);
        status = attempt.status();
        stream = attempt.stream().orElse(null);
        return stream != null;
    }

    private synchronized void heard(Event event) {
        last = event.id();
        switch (event.kind()) {
            case "ready" -> ready = true;
            case RESYNC -> lost = true;
            default -> {
                // Whatever it says of itself or of what it happened to: a word of the other tenant is one too many.
                if (event.data().contains(other)) {
                    foreign++;
                } else if (event.data().contains(workspace)) {
                    own.set(number(event.data()));
                }
            }
        }
        notifyAll();
    }

    private static int number(String data) {
        var parts = java.util.regex.Pattern.compile("\"n\":(\\d{1,7})").matcher(data);
        return parts.find() ? Integer.parseInt(parts.group(1)) : 0;
    }

    /** Waits until the stream has begun; false when it did not in that time. */
    synchronized boolean begun(long millis) throws CollectException {
        return until(() -> ready || lost, millis) && ready;
    }

    /** Waits until all events up to that number came, or one of another's; false when they did not in that time. */
    synchronized boolean has(int events, long millis) throws CollectException {
        return until(() -> own.cardinality() >= events || lost || foreign > 0, millis) && !lost;
    }

    private interface Condition {
        boolean met();
    }

    private boolean until(Condition condition, long millis) throws CollectException {
        long end = System.nanoTime() + millis * 1_000_000;
        try {
            while (!condition.met()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("The check was interrupted while it followed a stream; run it again.", e);
        }
    }

    synchronized long own() {
        return own.cardinality();
    }

    synchronized long foreign() {
        return foreign;
    }

    /** Id of the last event that came. */
    synchronized String last() {
        return last;
    }

    long status() {
        return status;
    }

    @Override
    public void close() {
        if (stream != null) {
            stream.close();
        }
    }
}
