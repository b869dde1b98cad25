package dev.averment.server.monitoring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Looks at monitors: at once at those that pings came for here, within a second at those on which a verdict falls or which
 * another server heard of; and says every few seconds that this server is there.
 */
public final class MonitorLoop implements SmartLifecycle {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PURGE = Duration.ofHours(1);
    private static final int DUE = 2_000;
    private static final int TOGETHER = 200;
    private static final Logger log = LoggerFactory.getLogger(MonitorLoop.class);

    /** How long pings are kept; what became of them, runs and transitions, stays. */
    static final Duration KEPT = Duration.ofDays(93);

    private final Watching watching;
    private final Sealing sealing;
    private final Outages outages;
    private final DueStore due;
    private final Purging purging;
    private final InstantSource clock;
    private final Map<UUID, Set<UUID>> heard = new ConcurrentHashMap<>();
    private final Semaphore signal = new Semaphore(0);
    private Instant nextBeat = Instant.MIN;
    private Instant nextLook = Instant.MIN;
    private Instant nextPurge = Instant.MIN;
    private volatile boolean running;
    private @Nullable Thread thread;

    /** Deletes old pings of a workspace. */
    @FunctionalInterface
    interface Purging {
        void purge(UUID workspace, Instant before);
    }

    MonitorLoop(
            Watching watching, Sealing sealing, Outages outages, DueStore due, Purging purging, InstantSource clock) {
        this.watching = watching;
        this.sealing = sealing;
        this.outages = outages;
        this.due = due;
        this.purging = purging;
        this.clock = clock;
    }

    /** Pings of these monitors were committed. */
    void heard(UUID workspace, UUID monitor) {
        heard.computeIfAbsent(workspace, _ -> ConcurrentHashMap.newKeySet()).add(monitor);
    }

    void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("monitors").start(this::run);
    }

    private void run() {
        String obstacle = "";
        while (running) {
            try {
                signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                signal.drainPermits();
                round();
                obstacle = "";
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // Everything that was not done is found again by the next look.
                String reason = String.valueOf(e.getMessage());
                if (running && !reason.equals(obstacle)) {
                    obstacle = reason;
                    log.warn("monitors can't be looked at now, and will be again every second: {}", reason);
                }
            }
        }
    }

    /** Everything that is to be done now, once. */
    void round() {
        Instant now = clock.instant();
        if (!now.isBefore(nextBeat)) {
            outages.beat();
            nextBeat = now.plus(Outages.EVERY);
        }
        boolean look = !now.isBefore(nextLook);
        Map<UUID, Set<UUID>> all = new HashMap<>();
        for (UUID workspace : List.copyOf(heard.keySet())) {
            Set<UUID> monitors = heard.remove(workspace);
            if (monitors != null) {
                all.computeIfAbsent(workspace, _ -> new HashSet<>()).addAll(monitors);
            }
        }
        if (look) {
            nextLook = now.plus(LOOK);
            due.due(now, DUE)
                    .forEach((w, m) ->
                            all.computeIfAbsent(w, _ -> new HashSet<>()).addAll(m));
            due.unhandled(DUE)
                    .forEach((w, m) ->
                            all.computeIfAbsent(w, _ -> new HashSet<>()).addAll(m));
        }
        RuntimeException failed = null;
        for (Map.Entry<UUID, Set<UUID>> workspace : all.entrySet()) {
            for (Collection<UUID> part : parts(workspace.getValue())) {
                try {
                    watching.look(workspace.getKey(), part);
                } catch (RuntimeException e) {
                    // One workspace must not keep the others from being looked at.
                    failed = e;
                }
            }
        }
        if (look) {
            for (UUID workspace : due.unsealed()) {
                sealing.seal(workspace);
            }
            if (!now.isBefore(nextPurge)) {
                nextPurge = now.plus(PURGE);
                due.workspaces().forEach(workspace -> purging.purge(workspace, now.minus(KEPT)));
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private static List<Collection<UUID>> parts(Set<UUID> ids) {
        List<UUID> sorted = ids.stream().sorted().toList();
        List<Collection<UUID>> parts = new ArrayList<>();
        for (int i = 0; i < sorted.size(); i += TOGETHER) {
            parts.add(sorted.subList(i, Math.min(sorted.size(), i + TOGETHER)));
        }
        return parts;
    }

    @Override
    public void stop() {
        running = false;
        Thread stopping = thread;
        if (stopping != null) {
            stopping.interrupt();
            try {
                stopping.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
