package dev.averment.bench;

import dev.averment.server.boot.Up;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Pings over HTTPS into the running server, each answered when it is on disk. The peer is the same lane with an address that it
 * refuses before it asks the database: same connections, same TLS, same parsing.
 */
public final class IngestBenchmark implements Benchmark {
    private static final int WORKSPACES = 100;
    private static final int MONITORS = 10;
    private static final int CLIENTS = 128;

    /** The lane's own answer to an address that can't be a monitor's. */
    private static final String NOBODY = "/ping/nobody";

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        int clients = Math.min(CLIENTS, effort.threads() * 8);
        var report = new Report(
                "ingest",
                "Pings a second over HTTPS (" + clients + " connections, kept open, one ping at a time on each) into "
                        + WORKSPACES * MONITORS + " monitors of " + WORKSPACES
                        + " workspaces, each answered after its commit; runs, seals and verdicts follow meanwhile.",
                "Compared with an address that the same lane refuses without asking the database.");
        Path folder = Files.createTempDirectory("averment-bench-");
        try {
            List<String> paths = monitors(folder);
            long acknowledged = 0;
            try (var server = RunningServer.start(
                    folder.resolve("data"),
                    "--no-schedule",
                    "--page",
                    page(folder).toString(),
                    "--connections-per-address",
                    Integer.toString(2 * CLIENTS))) {
                HttpClients https = HttpClients.https(server);
                Samples empty = report.samples("refused without the database", "requests/s");
                Samples durable = report.samples("durable pings", "pings/s");
                Samples ratio = report.samples("ratio, round by round", "%");
                Samples slow = report.samples("answer of a durable ping, 99th percentile", "ms");
                Samples cpu = report.samples("processor time of server and database", "µs/ping");
                https.run(clients, effort.warmup().dividedBy(2), 404, NOBODY);
                acknowledged += https.each(clients, effort.warmup(), 200, paths).acts();
                for (int i = 0; i < effort.rounds(); i++) {
                    double refused =
                            https.run(clients, effort.round(), 404, NOBODY).perSecond();
                    double before = server.processorMicros();
                    HttpClients.Timed pings = https.each(clients, effort.round(), 200, paths);
                    cpu.add((server.processorMicros() - before) / pings.acts());
                    acknowledged += pings.acts();
                    empty.add(refused);
                    durable.add(pings.perSecond());
                    ratio.add(100 * pings.perSecond() / refused);
                    slow.add(pings.percentileMillis(99));
                }
                report.atLeast("durable pings a second, median", durable.median(), "pings/s", 30_000);
                report.atLeast("of the lane's rate without the database, median", ratio.median(), "%", 40);
                report.atMost("99th percentile of the answer, median of the rounds", slow.median(), "ms", 25);
                report.note("Server, database and clients share the machine's processors; the processor time is that of"
                        + " server and database.");
            }
            try (var rig = DatabaseRig.at(folder, 2)) {
                long stored = rig.count("select count(*) from monitoring.ping where user_agent = 'bench'");
                if (stored != acknowledged) {
                    throw new IllegalStateException(
                            acknowledged + " pings were acknowledged and " + stored + " are stored");
                }
                report.note(
                        stored + " pings were acknowledged and are stored; with their indices, runs and entries of the"
                                + " log they take "
                                + rig.count("""
                                select sum(pg_total_relation_size(c.oid)) / (select count(*) from monitoring.ping)
                                  from pg_class c join pg_namespace n on n.oid = c.relnamespace
                                 where n.nspname in ('monitoring', 'evidence') and c.relkind = 'r'""")
                                + " bytes each.");
            }
        } finally {
            Disposable.delete(folder);
        }
        return report;
    }

    /** Makes the monitors in a data folder that no server runs on yet; the paths by which they are pinged. */
    private static List<String> monitors(Path folder) throws Exception {
        var paths = new ArrayList<String>();
        try (var rig = DatabaseRig.at(folder, 2)) {
            for (UUID workspace : rig.workspaces(WORKSPACES)) {
                for (int i = 0; i < MONITORS; i++) {
                    UUID monitor = new UUID(
                            workspace.getMostSignificantBits(), workspace.getLeastSignificantBits() + (i + 1L) * 1_000);
                    UUID ping = UUID.randomUUID();
                    int number = i;
                    rig.workspaces().in(DatabaseRig.context(workspace), jdbc -> {
                        jdbc.sql("""
                                insert into monitoring.monitor (workspace_id, monitor_id, ping_id, slug, name, every_seconds,
                                                                grace_seconds, made_at)
                                values (?, ?, ?, ?, ?, 3600, 3600, now())""")
                                .params(workspace, monitor, ping, "bench-" + number, "Bench " + number)
                                .update();
                        jdbc.sql("insert into monitoring.heard (workspace_id, monitor_id) values (?, ?)")
                                .params(workspace, monitor)
                                .update();
                        return jdbc.sql(
                                        "insert into monitoring.monitor_state (workspace_id, monitor_id, since) values (?, ?, now())")
                                .params(workspace, monitor)
                                .update();
                    });
                    paths.add("/ping/" + ping);
                }
            }
        }
        return paths;
    }

    /** The product's page with a limit of a monitor's pings that is no limit. */
    private static Path page(Path folder) throws IOException {
        Path pages = folder.resolve("pages");
        Files.createDirectories(pages.resolve("registers"));
        Files.writeString(pages.resolve("registers").resolve("self.yaml"), own("pages/registers/self.yaml"));
        String text = own("pages/self.yaml");
        String policy = "\npolicy:\n";
        if (!text.contains(policy)) {
            throw new IllegalStateException("the product's page has no policy");
        }
        return Files.writeString(
                pages.resolve("self.yaml"),
                text.replace(policy, policy + "  limits: {ingest-monitor: 100000000/1m}\n"));
    }

    /** As the product carries it. */
    private static String own(String file) throws IOException {
        try (InputStream in = Up.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the product has no " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
