package dev.averment.server.proving;

import dev.averment.server.jobs.Job;
import dev.averment.server.jobs.JobHandler;
import dev.averment.server.jobs.JobOutcome;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.stream.Streams;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;

/** Does the jobs that checks put into their own workspace: an event says what the job was given, and no more. */
public final class CanaryWork implements JobHandler {
    /** Kind of the jobs, and of their events. */
    public static final String KIND = "check.job";

    private final Workspaces workspaces;
    private final Jobs jobs;
    private final Streams streams;

    public CanaryWork(Workspaces workspaces, Jobs jobs, Streams streams) {
        this.workspaces = workspaces;
        this.jobs = jobs;
        this.streams = streams;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JobOutcome run(Job job) {
        does(job);
        return new JobOutcome.Done();
    }

    /** @return false, and nothing is done, when somebody else has it meanwhile */
    public boolean does(Job job) {
        return workspaces.in(new WorkspaceContext(job.workspace(), "service:check"), tx -> {
            boolean ours = jobs.finish(tx, job);
            if (ours) {
                streams.publish(tx, job.workspace(), KIND, "jobs/" + job.id(), job.args());
            }
            return ours;
        });
    }
}
