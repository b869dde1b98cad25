package dev.averment.server.drill;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.jobs.Job;
import dev.averment.server.jobs.JobHandler;
import dev.averment.server.jobs.JobOutcome;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.NewJob;
import dev.averment.server.tenancy.Workspaces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Mends what a drill broke, when its time has come, and has the workflow done again. */
final class DemoMender implements JobHandler {
    static final String JOB = "drill.mend";
    private static final int TRIES = 20;

    private final DemoStore store = new DemoStore();
    private final Work work = new Work();
    private final Workspaces workspaces;
    private final Jobs jobs;
    private final InstantSource clock;

    DemoMender(Workspaces workspaces, Jobs jobs, InstantSource clock) {
        this.workspaces = workspaces;
        this.jobs = jobs;
        this.clock = clock;
    }

    static NewJob at(Instant mends) {
        return new NewJob(JOB, JsonObject.of(), mends, Optional.of("mend"), TRIES, NewJob.USUAL);
    }

    @Override
    public String kind() {
        return JOB;
    }

    @Override
    public JobOutcome run(Job job) {
        return workspaces.in(DemoRunner.context(job.workspace()), tx -> mend(tx, job));
    }

    private JobOutcome mend(JdbcClient tx, Job job) {
        Optional<Demo> demo = store.lock(tx, job.workspace()).filter(Demo::drilling);
        if (demo.isEmpty()) {
            return new JobOutcome.Done();
        }
        Instant now = clock.instant();
        work.deliver(tx, job.workspace(), demo.get().id(), now);
        store.mended(tx, job.workspace(), demo.get().id(), now);
        jobs.add(tx, job.workspace(), DemoRunner.once(Workflow.LOAD, "mended", now));
        return new JobOutcome.Done();
    }
}
