package dev.averment.server.drill;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.workspace.Memberships;
import dev.averment.server.jobs.Job;
import dev.averment.server.jobs.JobHandler;
import dev.averment.server.jobs.JobOutcome;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.NewJob;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.OwnRuns;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Does the workflows of demos, as jobs like all others: the first of a pipeline every ten minutes, the second after it. A demo in
 * which nobody is any more, or that nobody has asked for in a day, runs no more.
 */
final class DemoRunner implements JobHandler {
    static final String JOB = "drill.run";
    static final Duration EVERY = Duration.ofMinutes(10);
    private static final int TRIES = 5;

    private final DemoStore store = new DemoStore();
    private final Memberships memberships = new Memberships();
    private final Work work = new Work();
    private final Workspaces workspaces;
    private final Monitors monitors;
    private final OwnRuns runs;
    private final Jobs jobs;
    private final InstantSource clock;

    DemoRunner(Workspaces workspaces, Monitors monitors, OwnRuns runs, Jobs jobs, InstantSource clock) {
        this.workspaces = workspaces;
        this.monitors = monitors;
        this.runs = runs;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** The job that does a workflow again and again. */
    static NewJob standing(Workflow workflow, Instant at) {
        return job(workflow, true, workflow.word(), at);
    }

    /**
     * The job that does a workflow once, beside the standing one.
     *
     * @param because why; one at a time waits or runs for each reason
     */
    static NewJob once(Workflow workflow, String because, Instant at) {
        return job(workflow, false, workflow.word() + "-" + because, at);
    }

    private static NewJob job(Workflow workflow, boolean again, String key, Instant at) {
        return new NewJob(
                JOB,
                JsonObject.of("again", again, "workflow", workflow.word()),
                at,
                Optional.of(key),
                TRIES,
                NewJob.USUAL);
    }

    @Override
    public String kind() {
        return JOB;
    }

    /** What there is to do: nothing more, or a workflow with its monitor. */
    private record Due(UUID demo, boolean sleeps, Map<Workflow, UUID> monitors) {}

    @Override
    public JobOutcome run(Job job) throws JsonException, IOException, InterruptedException {
        Workflow workflow = Workflow.of(job.args().string("workflow")).orElseThrow();
        var context = context(job.workspace());
        Optional<Due> due = workspaces.in(context, tx -> due(tx, job.workspace()));
        if (due.isEmpty()) {
            return new JobOutcome.Done();
        }
        if (due.get().sleeps()) {
            for (UUID monitor : due.get().monitors().values()) {
                monitors.rest(context, monitor, "The demo sleeps: nobody has run a drill in it for a day.");
            }
            return new JobOutcome.Done();
        }
        UUID monitor = due.get().monitors().get(workflow);
        if (monitor == null || !report(job.workspace(), due.get().demo(), monitor, workflow)) {
            return new JobOutcome.Done();
        }
        workflow.next()
                .ifPresent(next -> workspaces.in(
                        context,
                        tx -> jobs.add(
                                tx,
                                job.workspace(),
                                once(next, "after-" + job.id() + "-" + job.attempt(), clock.instant()))));
        return job.args().bool("again") ? new JobOutcome.Again(clock.instant().plus(EVERY)) : new JobOutcome.Done();
    }

    static WorkspaceContext context(UUID workspace) {
        return new WorkspaceContext(workspace, "service:drill");
    }

    /** Empty when there is no demo any more, or nobody who could see it. */
    private Optional<Due> due(JdbcClient tx, UUID workspace) {
        Optional<Demo> demo = store.lock(tx, workspace);
        if (demo.isEmpty() || memberships.firstOwner(tx, workspace).isEmpty()) {
            return Optional.empty();
        }
        boolean sleeps = demo.get().asleep()
                || (!demo.get().drilling() && clock.instant().isAfter(demo.get().until()));
        if (sleeps) {
            store.asleep(tx, workspace, demo.get().id());
        }
        return Optional.of(new Due(
                demo.get().id(),
                sleeps,
                store.monitors(tx, workspace, demo.get().id())));
    }

    /** @return false when nobody watches it any more */
    private boolean report(UUID workspace, UUID demo, UUID monitor, Workflow workflow)
            throws IOException, InterruptedException {
        // One that is done again after its process died is another run; the one before has no end, which is what
        // happened.
        UUID run = UUID.randomUUID();
        if (!runs.started(workspace, monitor, run)) {
            return false;
        }
        Work.Result result =
                workspaces.in(context(workspace), tx -> work.of(workflow, tx, workspace, demo, clock.instant()));
        return runs.ended(workspace, monitor, run, result.exit(), result.metrics(), result.output());
    }
}
