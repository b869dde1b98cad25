package dev.averment.bench;

import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.server.proving.InstanceTarget;
import dev.averment.server.tenancy.WorkspaceContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** What isolation costs. The peer is the same transaction on a copy of the table without policies or context. */
public final class SealBenchmark implements Benchmark {
    private static final int WORKSPACES = 100;
    private static final int READS = 3;
    private static final String TOKEN = "Authorization: Bearer ";

    @Override
    public String name() {
        return "seal";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        var report = new Report(
                "seal",
                "Processor time of database and client for a read-only transaction of " + READS
                        + " reads by primary key, in a sealed workspace context under row-level security.",
                "Compared with the same transaction over a copy of the table that has neither policies nor context; the"
                        + " difference is set against the processor time of a whole API request over HTTPS, GET"
                        + " /api/v1/workspaces/{workspace} with a program's token: it looks the token and its rights up and"
                        + " reads the workspace, all in sealed contexts, and is counted on the server and its database.");
        Samples sealed = report.samples("sealed", "µs/transaction");
        Samples open = report.samples("without policies and context", "µs/transaction");
        Samples sealedRate = report.samples("sealed", "transactions/s");
        Samples openRate = report.samples("without policies and context", "transactions/s");
        int clients = Math.min(4, effort.threads());
        try (var rig = DatabaseRig.start(clients)) {
            List<UUID> workspaces = rig.workspaces(WORKSPACES);
            for (UUID workspace : workspaces) {
                rig.workspaces()
                        .in(
                                DatabaseRig.context(workspace),
                                jdbc -> jdbc.sql("""
                                insert into registers.entry (workspace_id, page_id, register, entry_id, title, status)
                                select ?, 'bench', 'bench', n::text, 'Bench', 'done' from generate_series(1, 20) n""").param(workspace).update());
            }
            rig.asOwner("create schema bench", "grant usage on schema bench to averment_app");
            rig.asOwner("create table bench.entry (like registers.entry including all)");
            rig.asAdministrator("insert into bench.entry select * from registers.entry");
            rig.asOwner("grant select on bench.entry to averment_app");
            rig.asAdministrator("analyze");
            DataSource pool = rig.pools().of(dev.averment.server.database.Role.APP);
            var definition = new DefaultTransactionDefinition();
            definition.setReadOnly(true);
            var template = new TransactionTemplate(new JdbcTransactionManager(pool), definition);
            JdbcClient client = JdbcClient.create(pool);
            Clients.Act inContext = _ -> {
                UUID workspace = any(workspaces);
                WorkspaceContext context = DatabaseRig.context(workspace);
                rig.workspaces().reading(context, jdbc -> read(jdbc, "registers.entry", workspace));
            };
            Clients.Act inTheOpen = _ -> {
                UUID workspace = any(workspaces);
                template.execute(_ -> read(client, "bench.entry", workspace));
            };
            Clients.run(clients, effort.warmup(), inContext);
            Clients.run(clients, effort.warmup(), inTheOpen);
            for (int i = 0; i < effort.rounds(); i++) {
                measure(rig, clients, effort, inTheOpen, open, openRate);
                measure(rig, clients, effort, inContext, sealed, sealedRate);
            }
        }
        Samples request = report.samples("whole API request", "µs/request");
        Path folder = Files.createTempDirectory("averment-bench-");
        try (var server = RunningServer.start(folder.resolve("data"), "--no-schedule")) {
            HttpClients https = HttpClients.https(server);
            try (var target = InstanceTarget.of(server.data())) {
                SignInService service = target.require(SignInService.class);
                WorkspaceService shared = Member.workspaces(service);
                try (Canary canary = Canary.confirmed(service)) {
                    Member member = Member.of(canary, canary.signedIn(), shared, shared.workspace());
                    String token = TOKEN
                            + member.token(List.of("workspace:read"), "1h").text();
                    https.run(clients, effort.warmup(), 200, member.path(), token);
                    for (int i = 0; i < effort.rounds(); i++) {
                        double before = server.processorMicros();
                        Clients.Round round = https.run(clients, effort.round(), 200, member.path(), token);
                        request.add((server.processorMicros() - before) / round.acts());
                    }
                }
            }
        } finally {
            Disposable.delete(folder);
        }
        double cost = Math.max(0, sealed.median() - open.median());
        report.atMost(
                "sealing and policies, of an API request's processor time", cost / request.median() * 100, "%", 10);
        report.note("Sealing and policies cost " + Samples.figure(cost) + " µs for a transaction of " + READS
                + " reads, with the round trip that enters the context.");
        return report;
    }

    private static UUID any(List<UUID> workspaces) {
        return workspaces.get(ThreadLocalRandom.current().nextInt(workspaces.size()));
    }

    private static int read(JdbcClient jdbc, String table, UUID workspace) {
        int found = 0;
        for (int i = 0; i < READS; i++) {
            found += jdbc.sql("select title from " + table
                            + " where workspace_id = ? and page_id = 'bench' and register = 'bench' and entry_id = ?")
                    .params(
                            workspace,
                            Integer.toString(1 + ThreadLocalRandom.current().nextInt(20)))
                    .query(String.class)
                    .list()
                    .size();
        }
        if (found != READS) {
            throw new IllegalStateException("read " + found + " rows of " + table + " instead of " + READS);
        }
        return found;
    }

    private static void measure(
            DatabaseRig rig, int clients, Effort effort, Clients.Act act, Samples processor, Samples rate)
            throws Exception {
        double before = rig.processorMicros() + ProcessorTime.own();
        Clients.Round round = Clients.run(clients, effort.round(), act);
        processor.add((rig.processorMicros() + ProcessorTime.own() - before) / round.acts());
        rate.add(round.perSecond());
    }
}
