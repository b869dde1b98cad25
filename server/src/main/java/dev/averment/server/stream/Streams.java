package dev.averment.server.stream;

import dev.averment.evidence.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells the streams of a workspace what happens in it, in the transaction in which it does: both are there, or neither. */
public final class Streams {
    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9.-]{0,63}");

    private static final Pattern SUBJECT = Pattern.compile("[A-Za-z0-9._/:-]{1,200}");

    private final EventStore events = new EventStore();
    private final InstantSource clock;
    private final AtomicReference<Runnable> afterCommit = new AtomicReference<>(() -> {});

    public Streams(InstantSource clock) {
        this.clock = clock;
    }

    /** Called after a transaction with events has committed. */
    void onCommit(Runnable signal) {
        afterCommit.set(signal);
    }

    /**
     * Adds an event. Everybody who may read the workspace's events sees it: no secrets, and of people no more than their ids.
     *
     * @param tx      in the workspace's context
     * @param kind    lower case with dots, at most 64 characters, such as {@code run.finished}
     * @param subject at most 200 characters, a path such as {@code monitors/UUID}
     * @param data    at most 16,384 characters
     */
    public void publish(JdbcClient tx, UUID workspace, String kind, String subject, JsonObject data) {
        if (!KIND.matcher(kind).matches()) {
            // A line end in it would begin another event in the stream.
            throw new IllegalArgumentException("a kind of event is dotted lower case, not " + kind);
        }
        if (!SUBJECT.matcher(subject).matches()) {
            throw new IllegalArgumentException("a subject is a path of ids, not " + subject);
        }
        events.insert(
                tx, workspace, kind, subject, new String(data.canonical(), StandardCharsets.UTF_8), clock.instant());
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    afterCommit.get().run();
                }
            });
        }
    }
}
