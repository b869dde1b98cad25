package dev.averment.server.evidence;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Runs the integrator: woken by commits in this process, and by the clock for those of others. */
public final class IntegratorLoop implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(IntegratorLoop.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Integrator integrator;
    private final Anchor anchor;
    private final InstantSource clock;
    private final Duration anchorEvery;
    private final Semaphore signal = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    public IntegratorLoop(Integrator integrator, Anchor anchor, InstantSource clock, Duration anchorEvery) {
        this.integrator = integrator;
        this.anchor = anchor;
        this.clock = clock;
        this.anchorEvery = anchorEvery;
    }

    /** Something was committed. */
    public void wake() {
        signal.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("integrator").start(this::run);
    }

    private void run() {
        Instant nextAnchor = clock.instant().plus(anchorEvery);
        Duration wait = LOOK;
        // What stands in the way is said when it comes or changes, not every second.
        String obstacle = "";
        while (running) {
            try {
                signal.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                signal.drainPermits();
                while (running && integrator.integrate() > 0) {
                    // Until the queue is empty.
                }
                if (!clock.instant().isBefore(nextAnchor)) {
                    anchor.anchor();
                    nextAnchor = clock.instant().plus(anchorEvery);
                }
                wait = LOOK;
                obstacle = "";
            } catch (InterruptedException e) {
                return;
            } catch (SQLException | IOException | RuntimeException e) {
                // The queue keeps what was not integrated; nothing is lost by trying again.
                String reason = String.valueOf(e.getMessage());
                if (!reason.equals(obstacle)) {
                    obstacle = reason;
                    log.warn("leaves can't be integrated now, and will be tried again every second: {}", reason);
                }
                wait = AFTER_FAILURE;
            }
        }
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
