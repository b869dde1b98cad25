package dev.averment.server.boot;

import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import dev.averment.server.jobs.Job;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.WorkerByHand;
import dev.averment.server.proving.CanaryWork;
import dev.averment.server.proving.Instance;
import dev.averment.server.stream.Streams;
import dev.averment.server.tenancy.RolePools;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.Workspaces;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A worker in a process of its own, so that it can be killed: checks start it beside a server. It says its id and then obeys
 * its standard input. {@code take N} takes that many jobs of one workspace, answered by their ids; {@code work} does them, and is
 * answered by {@code worked}, or by {@code late} when it did not keep its leases in time. It ends with its input.
 */
public final class WorkerProcess {
    private static final Duration LEASE = Duration.ofSeconds(6);
    private static final Duration KEEP = Duration.ofSeconds(1);

    private final InstantSource clock = InstantSource.system();
    private final List<Job> held = new CopyOnWriteArrayList<>();
    private final WorkerByHand worker;
    private final CanaryWork work;
    private volatile long kept = System.nanoTime();
    private volatile boolean late;

    private WorkerProcess(RolePools pools, Seal seal, UUID workspace) {
        this.worker = new WorkerByHand(pools.of(Role.WORKER), workspace, LEASE, clock);
        this.work = new CanaryWork(new Workspaces(pools.of(Role.APP), seal), new Jobs(clock), new Streams(clock));
    }

    /** @param arguments the server's data folder, id of the workspace */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[0]);
        var data = DataFolder.readOnly(folder);
        var access = DatabaseAccess.of(data, Instance.read(folder).database());
        try (var pools = new RolePools(access, Map.of(Role.WORKER, 2, Role.APP, 1));
                var keeping = Executors.newSingleThreadScheduledExecutor()) {
            var process = new WorkerProcess(pools, new Seal(data.secret("seal-key")), UUID.fromString(arguments[1]));
            keeping.scheduleAtFixedRate(process::keep, 0, KEEP.toMillis(), TimeUnit.MILLISECONDS);
            process.obey(
                    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII)),
                    new PrintStream(System.out, true, StandardCharsets.UTF_8));
            keeping.shutdownNow();
        }
    }

    private void obey(BufferedReader in, PrintStream out) throws IOException {
        out.println(worker.id());
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("take ")) {
                List<Job> taken = worker.take(Integer.parseInt(line.substring(5)));
                held.addAll(taken);
                out.println(taken.stream().map(job -> Long.toString(job.id())).collect(Collectors.joining(" ")));
            } else {
                held.forEach(work::does);
                held.clear();
                out.println(late ? "late" : "worked");
            }
        }
    }

    private void keep() {
        late |= System.nanoTime() - kept > LEASE.toNanos();
        try {
            worker.keep(held);
            kept = System.nanoTime();
        } catch (RuntimeException e) {
            // The next time is near; that the lease was over meanwhile shows then.
            System.err.println("leases can't be kept now: " + e.getMessage());
        }
    }
}
