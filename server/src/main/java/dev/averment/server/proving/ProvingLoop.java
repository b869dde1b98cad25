package dev.averment.server.proving;

import dev.averment.checks.Target;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.Observation;
import dev.averment.checks.prove.Prover;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.server.claims.PageState;
import dev.averment.server.claims.Pages;
import dev.averment.server.loop.Loop;
import dev.averment.server.proving.ScheduleStore.Due;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the checks that are due, a few at a time, and judges freshness again every second. The schedule lies in the
 * database: a restart goes on where the last process stopped, and several replicas share the work.
 */
public final class ProvingLoop extends Loop {
    private static final Logger log = LoggerFactory.getLogger(ProvingLoop.class);
    private static final Duration LEASE = Prover.DEFAULT_LIMIT.plusSeconds(30);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 2;

    private final ScheduleStore schedule;
    private final Pages pages;
    private final CheckTypes types;
    private final Prover prover;
    private final Supplier<Target> target;
    private final InstantSource clock;
    private final boolean runsChecks;
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Set<Thread> looking = ConcurrentHashMap.newKeySet();

    ProvingLoop(
            ScheduleStore schedule,
            Pages pages,
            CheckTypes types,
            Prover prover,
            Supplier<Target> target,
            InstantSource clock,
            boolean runsChecks) {
        super("proving", "due checks can't be taken now", LOOK);
        this.schedule = schedule;
        this.pages = pages;
        this.types = types;
        this.prover = prover;
        this.target = target;
        this.clock = clock;
        this.runsChecks = runsChecks;
    }

    /** Makes checks of a page due now. @param claim all claims when empty. Returns how many checks it touched. */
    public int hurry(PageState state, String claim) {
        int touched = schedule.hurry(state.workspace(), state.page().id(), claim, clock.instant());
        wake();
        return touched;
    }

    @Override
    protected Duration round() throws InterruptedException {
        if (runsChecks) {
            takeDue();
        }
        pages.ids().forEach(pages::refresh);
        return LOOK;
    }

    private void takeDue() throws InterruptedException {
        while (isRunning()) {
            slots.acquire();
            List<Due> due;
            try {
                due = schedule.take(clock.instant(), LEASE, 1);
                pages.scheduleObstacle("");
            } catch (RuntimeException e) {
                slots.release();
                pages.scheduleObstacle(String.valueOf(e.getMessage()));
                throw e;
            }
            if (due.isEmpty()) {
                slots.release();
                return;
            }
            Thread.ofVirtual().name("prove-" + due.getFirst().claim()).start(() -> {
                looking.add(Thread.currentThread());
                try {
                    prove(due.getFirst());
                } finally {
                    looking.remove(Thread.currentThread());
                    slots.release();
                    wake();
                }
            });
        }
    }

    private void prove(Due due) {
        Duration every = Duration.ofHours(1);
        try {
            Optional<PageState> state =
                    pages.state(due.page()).filter(s -> s.workspace().equals(due.workspace()));
            if (state.isEmpty()) {
                return;
            }
            Page page = state.get().page();
            for (Claim claim : page.claims()) {
                for (CheckBinding binding : claim.checks()) {
                    if (claim.id().equals(due.claim()) && binding.id().equals(due.check())) {
                        every = binding.every();
                        if (types.find(binding.type()) instanceof CheckTypes.Built built) {
                            Observation seen = prover.observe(page, claim, binding, built.type(), target.get());
                            // What is seen while the server stops may be the stop itself.
                            if (!isRunning()) {
                                return;
                            }
                            pages.observed(page.id(), seen);
                        }
                    }
                }
            }
        } catch (InterruptedException e) {
            // Nothing was observed: the lease brings it back, and not only after its whole period.
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            if (!isRunning()) {
                return;
            }
            log.warn("check {} of claim {} could not be recorded; it comes again", due.check(), due.claim(), e);
            every = Duration.ofSeconds(5);
        }
        schedule.done(due, clock.instant().plus(spread(every)));
    }

    /** Up to a tenth earlier, so that checks that started together drift apart. */
    private static Duration spread(Duration every) {
        long tenth = Math.max(1, every.toMillis() / 10);
        return every.minusMillis(ThreadLocalRandom.current().nextLong(tenth));
    }

    /** Gives up the checks in flight: nothing of them is recorded, and their leases bring them back. */
    @Override
    public void stop() {
        super.stop();
        looking.forEach(Thread::interrupt);
        try {
            if (slots.tryAcquire(AT_ONCE, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                slots.release(AT_ONCE);
            } else {
                log.info("a check was still running at the stop; its lease brings it back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
