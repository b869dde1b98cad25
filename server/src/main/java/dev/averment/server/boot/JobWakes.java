package dev.averment.server.boot;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.clocks.Clocks;
import dev.averment.server.clocks.Wakes;
import dev.averment.server.jobs.Job;
import dev.averment.server.jobs.JobHandler;
import dev.averment.server.jobs.JobOutcome;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Clocks are looked at when they are due, by a job that was added with each. */
final class JobWakes implements Wakes {
    private static final String KIND = "clocks.due";

    /** Who is done at the very moment is in time: a clock is missed just after. */
    private static final Duration JUST_AFTER = Duration.ofMillis(2);

    private static final int TRIES = 50;

    private final Jobs jobs;

    JobWakes(Jobs jobs) {
        this.jobs = jobs;
    }

    @Override
    public void at(JdbcClient tx, UUID workspace, UUID clock, Instant due) {
        jobs.add(
                tx,
                workspace,
                new NewJob(
                        KIND,
                        JsonObject.of("clock", clock.toString()),
                        due.plus(JUST_AFTER),
                        Optional.of(clock.toString()),
                        TRIES,
                        0));
    }

    /** What a look does bears being done twice: a clock that is marked is not marked again. */
    static JobHandler handler(Clocks clocks) {
        return new JobHandler() {
            @Override
            public String kind() {
                return KIND;
            }

            @Override
            public JobOutcome run(Job job) {
                clocks.due(job.workspace());
                return new JobOutcome.Done();
            }
        };
    }
}
