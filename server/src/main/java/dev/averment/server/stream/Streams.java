package dev.averment.server.stream;

import dev.averment.evidence.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells the streams of a workspace what happens in it, in the transaction in which it does: both are there, or neither. */
public final class Streams {
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
     * @param kind    at most 64 characters, such as {@code run.finished}
     * @param subject at most 200 characters, a path such as {@code monitors/UUID}
     * @param data    at most 16,384 characters
     */
    public void publish(JdbcClient tx, UUID workspace, String kind, String subject, JsonObject data) {
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
