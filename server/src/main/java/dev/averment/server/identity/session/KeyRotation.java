package dev.averment.server.identity.session;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Replaces signing keys that have lived their life, while the server runs. */
public final class KeyRotation implements SmartLifecycle {
    /** So much later than due a key may be replaced. */
    public static final Duration EVERY = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(KeyRotation.class);

    private final SigningKeys keys;
    private final Duration every;
    private final Semaphore signal = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    public KeyRotation(SigningKeys keys, Duration every) {
        this.keys = keys;
        this.every = every;
    }

    /** Look now, and not only when the time has come. */
    public void wake() {
        signal.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name("key-rotation").start(this::run);
    }

    private void run() {
        while (running) {
            try {
                signal.tryAcquire(every.toMillis(), TimeUnit.MILLISECONDS);
                signal.drainPermits();
                if (running && keys.rotateWhenDue()) {
                    log.info("a signing key had lived its life and was replaced");
                }
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException e) {
                // The old key goes on signing until it can be replaced; the check of cookies says so.
                log.warn("signing keys can't be replaced now: {}", e.getMessage());
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
