package dev.averment.checks.workerrestart;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.workers.KilledWorkers;
import dev.averment.checks.workers.WorkJudge;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code worker-restart}. */
public final class WorkerRestartCheck implements CheckType {
    private static final int JOBS = 24;

    @Override
    public String name() {
        return "worker-restart";
    }

    @Override
    public String description() {
        return "Kills a worker that has jobs in its hands, and sees each done by another and take effect once.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(new Setting(
                        "effect", Kind.TEXT, false, "exactly-once: how often what a job writes is there in the end.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The workers that are killed are processes that the check starts; they take, keep and end jobs by the code of the"
                        + " server's own workers. The server itself is not killed.",
                "What a job of the check does is written in the transaction that ends it. One that sends something outside, such as an"
                        + " alert, may send it twice when its process dies between the sending and its end.",
                "That a process which died is started again is up to whoever runs it, and is not looked at.",
                "Requests that come while a server stops or another version starts are not looked at.");
    }

    @Override
    public Collector collector() {
        return new KilledWorkers(0, 1, JOBS)::collect;
    }

    @Override
    public Judge judge() {
        return new WorkJudge(false);
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return KilledWorkers.passing(now, 0, 1);
    }
}
