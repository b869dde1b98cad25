package dev.averment.checks.workers;

import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What killed workers left undone was done by others, nothing is lost, and everything took effect once. */
public final class WorkJudge implements Judge {
    private final boolean lives;

    /** @param lives whether a worker that lives must have been among them, and have kept what it had */
    public WorkJudge(boolean lives) {
        this.lives = lives;
    }

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            wanted.only(Map.of("lost", "none", "effect", "exactly-once"));
            Map<String, Object> workers = facts.of(KilledWorkers.WORKERS);
            Map<String, Object> jobs = facts.of(KilledWorkers.JOBS);
            Map<String, Object> effects = facts.of(KilledWorkers.EFFECTS);
            Map<String, Object> abandoned = facts.of(KilledWorkers.ABANDONED);
            Map<String, Object> living = facts.of(KilledWorkers.LIVING);
            long killed = count(workers, "killed");
            if (killed < 1 || count(abandoned, "held") < 1 || (lives && count(living, "held") < 1)) {
                throw new CollectException(
                        "No worker was killed while it had jobs and, where it is wanted, another one lived; run the"
                                + " check again.");
            }
            Optional<String> wrong = left(abandoned);
            if (wrong.isEmpty()) {
                wrong = taken(living);
            }
            if (wrong.isEmpty()) {
                wrong = lost(jobs);
            }
            if (wrong.isEmpty() && wanted.has("effect")) {
                wrong = effect(effects);
            }
            if (wrong.isPresent()) {
                return Judgement.failing(wrong.get());
            }
            return Judgement.proven(killed + " of " + count(workers, "started") + " workers were killed; of "
                    + count(jobs, "put") + " jobs none is lost"
                    + (wanted.has("effect") ? ", each took effect once" : "") + ", and the "
                    + count(abandoned, "held") + " that were in their hands were done by others.");
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Optional<String> left(Map<String, Object> abandoned) throws CollectException {
        long left = count(abandoned, "held") - count(abandoned, "doneByOthers");
        if (left > 0) {
            return Optional.of(left + " of " + count(abandoned, "held")
                    + " jobs that killed workers had in their hands were not done by another.");
        }
        return count(abandoned, "noted") < count(abandoned, "held")
                ? Optional.of("That a worker was killed is not noted of every job that it had in its hands.")
                : Optional.empty();
    }

    private static Optional<String> taken(Map<String, Object> living) throws CollectException {
        long taken = count(living, "taken");
        return taken > 0
                ? Optional.of(taken + " jobs were taken from a worker that lives and keeps its leases.")
                : Optional.empty();
    }

    private static Optional<String> lost(Map<String, Object> jobs) throws CollectException {
        long dead = count(jobs, "dead");
        long missing = count(jobs, "missing");
        long open = count(jobs, "open");
        return dead + missing + open > 0 || count(jobs, "done") != count(jobs, "put")
                ? Optional.of("Of " + count(jobs, "put") + " jobs " + count(jobs, "done") + " were done; " + dead
                        + " were given up, " + missing + " vanished, and " + open + " were still open.")
                : Optional.empty();
    }

    private static Optional<String> effect(Map<String, Object> effects) throws CollectException {
        long none = count(effects, "none");
        long several = count(effects, "several");
        return none + several > 0
                ? Optional.of(none + " jobs took no effect, and " + several + " took effect more than once.")
                : Optional.empty();
    }

    /** A number that is missing must not pass for any. */
    private static long count(Map<String, Object> facts, String name) throws CollectException {
        if (facts.get(name) instanceof Number n) {
            return n.longValue();
        }
        throw new CollectException("The fact " + name + " is missing.");
    }
}
