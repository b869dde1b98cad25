package dev.averment.checks.workers;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector.Look;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.Waiting;
import dev.averment.checks.target.JobQueue;
import dev.averment.checks.target.JobQueue.Standing;
import dev.averment.checks.target.JobQueue.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Has workers take jobs, kills all but those that are to live, and waits for what becomes of the jobs. One is killed before it
 * began, the others at any moment after they were told to begin. Those that live hold theirs all the while.
 */
public final class KilledWorkers {
    public static final String WORKERS = "the workers";
    public static final String JOBS = "the jobs";
    public static final String EFFECTS = "the effects";
    public static final String ABANDONED = "the jobs of killed workers";
    public static final String LIVING = "the jobs of living workers";

    private static final int EACH = 6;
    private static final int TRIES = 10;
    private static final int MOMENTS = 30;
    private static final Duration LONGEST_START = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(35);
    private static final Duration LAST_PATIENCE = Duration.ofSeconds(1);
    private static final Duration STEP = Duration.ofMillis(250);

    private final Random random = new Random();
    private final int living;
    private final int killed;
    private final int jobs;

    /**
     * @param living workers that are left alive
     * @param killed workers that are killed, one at least
     * @param jobs   that are put into the queue, more if the target's own workers are quicker than these
     */
    public KilledWorkers(int living, int killed, int jobs) {
        this.living = living;
        this.killed = killed;
        this.jobs = jobs;
    }

    /** A worker with what it took. */
    private record Holder(Worker worker, Set<Integer> held) {}

    public Facts collect(Look look) throws CollectException {
        JobQueue queue = look.target()
                .facility(JobQueue.class)
                .orElseThrow(
                        () -> new CollectException(
                                "The target " + look.target().name()
                                        + " has no queue of jobs that this check knows how to use; it looks at servers of Averment."));
        List<Worker> all = new ArrayList<>();
        try (var batch = queue.batch(look.clock())) {
            long begun = System.nanoTime();
            all.addAll(batch.workers(living + killed));
            List<Holder> holders = new ArrayList<>();
            batch.put(jobs);
            for (Worker worker : all) {
                holders.add(new Holder(worker, taken(worker, batch)));
            }
            if (System.nanoTime() - begun > LONGEST_START.toNanos()) {
                // What follows must be over before whoever asked gives up.
                throw busy();
            }
            Collections.shuffle(holders, random);
            List<Holder> dead = holders.subList(0, killed);
            List<Holder> alive = holders.subList(killed, holders.size());
            kill(dead);
            Set<Integer> theirs = held(alive);
            until(standing -> theirs.containsAll(standing.open()), batch, PATIENCE);
            for (Holder each : alive) {
                each.worker().begin();
                if (!each.worker().finish()) {
                    throw busy();
                }
            }
            Standing end = until(standing -> standing.open().isEmpty(), batch, LAST_PATIENCE);
            return new Facts(look.clock().instant(), subjects(end, dead, alive), Map.of());
        } finally {
            all.forEach(Worker::close);
        }
    }

    private static CollectException busy() {
        return new CollectException(
                "This machine was too busy for workers to begin, or to keep their jobs, in time; run the check again"
                        + " when it has less to do.");
    }

    /** What one worker got; the target's own may have been quicker, and then there is more to take. */
    private Set<Integer> taken(Worker worker, JobQueue.Batch batch) throws CollectException {
        for (int i = 0; i < TRIES; i++) {
            Set<Integer> taken = worker.take(EACH);
            if (!taken.isEmpty()) {
                return taken;
            }
            batch.put(EACH);
        }
        throw new CollectException("The server's own workers took every job before the check's could; run it again.");
    }

    private void kill(List<Holder> dead) throws CollectException {
        for (Holder each : dead.subList(1, dead.size())) {
            each.worker().begin();
            Waiting.pause(Duration.ofMillis(random.nextInt(MOMENTS)), "before it killed a worker");
            each.worker().kill();
        }
        dead.getFirst().worker().kill();
    }

    private static Set<Integer> held(List<Holder> holders) {
        return holders.stream().flatMap(each -> each.held().stream()).collect(Collectors.toSet());
    }

    private static Standing until(Predicate<Standing> reached, JobQueue.Batch batch, Duration patience)
            throws CollectException {
        long end = System.nanoTime() + patience.toNanos();
        Standing now = batch.standing();
        while (!reached.test(now) && System.nanoTime() < end) {
            Waiting.pause(STEP, "while jobs were being done");
            now = batch.standing();
        }
        return now;
    }

    private static List<Subject> subjects(Standing end, List<Holder> dead, List<Holder> alive) {
        Set<Integer> numbers = IntStream.rangeClosed(1, end.put()).boxed().collect(Collectors.toSet());
        Set<Integer> done = tried(end, "done", numbers, _ -> true);
        Set<Integer> missing = new HashSet<>(numbers);
        missing.removeAll(done);
        missing.removeAll(end.open());
        missing.removeAll(end.dead());

        Set<String> killed = ids(dead);
        Set<Integer> abandoned = held(dead);
        abandoned.removeAll(tried(end, "done", abandoned, killed::contains));
        Set<Integer> heldByLiving = held(alive);

        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject(
                WORKERS, Map.of("started", (long) dead.size() + alive.size(), "killed", (long) dead.size())));
        subjects.add(new Subject(
                JOBS,
                counts(Map.of(
                        "put", numbers.size(),
                        "done", done.size(),
                        "open", end.open().size(),
                        "dead", end.dead().size(),
                        "missing", missing.size()))));
        subjects.add(new Subject(
                EFFECTS,
                counts(Map.of(
                        "none", effects(end, numbers, times -> times == 0),
                        "once", effects(end, numbers, times -> times == 1),
                        "several", effects(end, numbers, times -> times > 1)))));
        subjects.add(new Subject(
                ABANDONED,
                counts(Map.of(
                        "held", abandoned.size(),
                        "noted", tried(end, "lost", abandoned, killed::contains).size(),
                        "doneByOthers",
                                tried(end, "done", abandoned, id -> !killed.contains(id))
                                        .size()))));
        subjects.add(new Subject(
                LIVING,
                counts(Map.of(
                        "held", heldByLiving.size(),
                        "taken",
                                tried(end, "lost", heldByLiving, ids(alive)::contains)
                                        .size()))));
        return subjects;
    }

    private static Set<String> ids(List<Holder> holders) {
        return holders.stream().map(each -> each.worker().id()).collect(Collectors.toSet());
    }

    private static Set<Integer> tried(Standing end, String outcome, Set<Integer> among, Predicate<String> by) {
        return end.tries().stream()
                .filter(each -> each.outcome().equals(outcome) && by.test(each.worker()))
                .map(JobQueue.Try::job)
                .filter(among::contains)
                .collect(Collectors.toSet());
    }

    private static int effects(Standing end, Set<Integer> numbers, Predicate<Integer> wanted) {
        return (int) numbers.stream()
                .filter(number -> wanted.test(end.effects().getOrDefault(number, 0)))
                .count();
    }

    private static Map<String, Object> counts(Map<String, Integer> counts) {
        Map<String, Object> facts = new LinkedHashMap<>();
        counts.forEach((name, count) -> facts.put(name, (long) count));
        return facts;
    }

    /** What is seen when all goes well. */
    public static Facts passing(Instant now, long living, long killed) {
        long held = killed * EACH;
        long kept = living * EACH;
        long put = 2 * (held + kept);
        return new Facts(
                now,
                List.of(
                        new Subject(WORKERS, Map.of("started", living + killed, "killed", killed)),
                        new Subject(JOBS, Map.of("put", put, "done", put, "open", 0L, "dead", 0L, "missing", 0L)),
                        new Subject(EFFECTS, Map.of("none", 0L, "once", put, "several", 0L)),
                        new Subject(ABANDONED, Map.of("held", held, "noted", held, "doneByOthers", held)),
                        new Subject(LIVING, Map.of("held", kept, "taken", 0L))),
                Map.of());
    }
}
