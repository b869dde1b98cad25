package dev.averment.server.loop;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Something that is done again and again on a thread of its own, from the server's start to its stop. It does a round at once,
 * and each next one when the time that the last one named has passed or somebody wakes it. A round that fails is no end: it is
 * logged when its reason is a new one, and tried again.
 */
public abstract class Loop implements SmartLifecycle {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Logger log = LoggerFactory.getLogger(Loop.class);
    private final String name;
    private final String trouble;
    private final Duration afterFailure;
    private final Semaphore signal = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    /**
     * @param name         of the thread
     * @param trouble      what can't be done while rounds fail, as a clause: {@code "due checks can't be taken now"}
     * @param afterFailure until the next round after one that failed
     */
    protected Loop(String name, String trouble, Duration afterFailure) {
        this.name = name;
        this.trouble = trouble;
        this.afterFailure = afterFailure;
    }

    /** What a loop does in a round; returns how long to wait for the next one unless woken. */
    @FunctionalInterface
    public interface Round {
        Duration run() throws Exception;
    }

    /** A loop whose rounds are {@code round}. */
    public static Loop of(String name, String trouble, Duration afterFailure, Round round) {
        return new Loop(name, trouble, afterFailure) {
            @Override
            protected Duration round() throws Exception {
                return round.run();
            }
        };
    }

    /**
     * One round. It asks {@link #isRunning} wherever it could go on for long.
     *
     * @return how long to wait for the next one unless woken
     * @throws InterruptedException when the loop is stopped meanwhile
     */
    protected abstract Duration round() throws Exception;

    /** Do the next round now, and not only when its time has come. */
    public void wake() {
        signal.release();
    }

    @Override
    public void start() {
        running = true;
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    private void run() {
        String last = "";
        while (running) {
            Duration wait;
            try {
                wait = round();
                last = "";
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                String reason = String.valueOf(e.getMessage());
                if (running && !reason.equals(last)) {
                    last = reason;
                    log.warn("{}, and will be tried again: {}", trouble, reason);
                }
                wait = afterFailure;
            }
            try {
                signal.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                signal.drainPermits();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Ends the round that runs by an interrupt, and waits for it for up to five seconds. */
    @Override
    public void stop() {
        running = false;
        Thread stopping = thread;
        if (stopping != null) {
            stopping.interrupt();
            try {
                stopping.join(PATIENCE);
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
