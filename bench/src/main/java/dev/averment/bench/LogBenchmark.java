package dev.averment.bench;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Integrator;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.evidence.LogKey;
import dev.averment.server.evidence.Publication;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Leaves integrated a second. The peer is PostgreSQL alone: the same queue, rows and hashes in one SQL statement. */
public final class LogBenchmark implements Benchmark {
    private static final int LOGS = 100;
    private static final int LEAF_BYTES = 600;
    private static final int INSERT = 1000;
    private static final int WARM_UP = 2;
    private static final List<Integer> BATCHES = List.of(500, 1000, 5000);

    /** Takes a batch off the queue, hashes and places it, without policies, tiles, roots and signatures. */
    private static final String RAW = """
            with next as (
                select workspace_id, place from bench.pending order by place limit ?
            ), taken as (
                delete from bench.pending p using next n
                 where p.workspace_id = n.workspace_id and p.place = n.place
                returning p.workspace_id, p.place, p.leaf_id
            )
            insert into bench.leaf_index (workspace_id, seq, leaf_id, leaf_hash)
            select t.workspace_id, t.place, t.leaf_id, sha256('\\x00'::bytea || l.bytes)
              from taken t join bench.leaf l on l.workspace_id = t.workspace_id and l.leaf_id = t.leaf_id""";

    /** One batch size with the logs that only its integrator writes. */
    private record Measured(Integrator integrator, List<UUID> logs, Samples rate, Samples database, Samples process) {}

    @Override
    public String name() {
        return "log";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        var report = new Report(
                "log",
                "Leaves of " + LEAF_BYTES + " bytes that are integrated a second, " + LOGS
                        + " logs taking turns: off the queue, rehashed, placed, tiles and roots written, checkpoints signed,"
                        + " committed durably and published.",
                "Compared with PostgreSQL alone: one SQL statement that takes the same batch off a queue without policies,"
                        + " hashes it and writes the index; no tiles, roots, signatures or publication.");
        try (var rig = DatabaseRig.start(2)) {
            List<UUID> logs = rig.workspaces(LOGS * (BATCHES.size() + 1));
            List<UUID> rawLogs = logs.subList(0, LOGS);
            prepareRaw(rig);
            LogKey key = LogKey.open(rig.data());
            var publication = new Publication(rig.data(), key);
            Samples raw = report.samples("PostgreSQL alone, batches of 5000", "leaves/s");
            Samples rawProcessor = report.samples("PostgreSQL alone: processor time", "µs/leaf");
            var measured = new ArrayList<Measured>();
            for (int batch : BATCHES) {
                // Logs of its own: an integrator that finds another one's leaves in a tree reads all of its edge again.
                int from = LOGS * (measured.size() + 1);
                measured.add(new Measured(
                        new Integrator(
                                rig.pools().of(Role.LOG),
                                key,
                                publication,
                                InstantSource.system(),
                                batch,
                                (_, _, _) -> {}),
                        logs.subList(from, from + LOGS),
                        report.samples("integrator, batches of " + batch, "leaves/s"),
                        report.samples("… its database's processor time", "µs/leaf"),
                        report.samples("… its own processor time", "µs/leaf")));
            }
            drain(measured.getLast().integrator());
            int round = Math.max(effort.leaves(), LOGS);
            for (int i = -WARM_UP; i < effort.rounds(); i++) {
                boolean counts = i >= 0;
                fillRaw(rig, rawLogs, round);
                double rawBefore = rig.processorMicros();
                double rawRate = round / seconds(() -> drainRaw(rig));
                if (counts) {
                    raw.add(rawRate);
                    rawProcessor.add((rig.processorMicros() - rawBefore) / round);
                }
                for (Measured m : measured) {
                    fill(rig, m.logs(), round);
                    double databaseBefore = rig.processorMicros();
                    double processBefore = ProcessorTime.own();
                    double rate = round / seconds(() -> drain(m.integrator()));
                    if (counts) {
                        m.rate().add(rate);
                        m.process().add((ProcessorTime.own() - processBefore) / round);
                        m.database().add((rig.processorMicros() - databaseBefore) / round);
                    }
                }
            }
            verify(rig, logs, publication);
            double best =
                    measured.stream().mapToDouble(m -> m.rate().median()).max().orElseThrow();
            report.atLeast("integrated, median of the best batch size", best, "leaves/s", 15_000);
            report.note("Best median against PostgreSQL alone: " + Samples.figure(best / raw.median()) + ".");
            report.note("The product runs batches of 5000. After the last round every log was checked: places without"
                    + " gaps, one place a leaf, and a published checkpoint over all of them.");
        }
        return report;
    }

    private static void prepareRaw(DatabaseRig rig) throws SQLException {
        rig.asOwner(
                "create schema bench",
                "create table bench.leaf (like evidence.leaf including all)",
                "create table bench.pending (like evidence.pending including all)",
                "create table bench.leaf_index (like evidence.leaf_index including all)");
    }

    /** Leaves as the product writes them, one log after the other, so that each batch holds leaves of every log. */
    private static void fill(DatabaseRig rig, List<UUID> logs, int count) throws SQLException {
        try (Connection connection = rig.pools().of(Role.LOG).getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, "evidence.leaf", logs, count);
            connection.commit();
        }
        rig.asAdministrator("vacuum analyze evidence.pending");
    }

    private static void fillRaw(DatabaseRig rig, List<UUID> logs, int count) throws SQLException {
        try (Connection connection = rig.owner()) {
            connection.setAutoCommit(false);
            insert(connection, "bench.leaf", logs, count);
            try (var s = connection.createStatement()) {
                s.execute("""
                        insert into bench.pending (workspace_id, leaf_id)
                        select l.workspace_id, l.leaf_id from bench.leaf l
                         where not exists (select 1 from bench.leaf_index i
                                            where i.workspace_id = l.workspace_id and i.leaf_id = l.leaf_id)
                         order by l.leaf_id""");
            }
            connection.commit();
        }
        rig.asAdministrator("vacuum analyze bench.pending");
    }

    private static void insert(Connection connection, String table, List<UUID> logs, int count) throws SQLException {
        try (var s = connection.prepareStatement(
                "insert into " + table + " (workspace_id, leaf_id, action, bytes) select * from unnest(?, ?, ?, ?)")) {
            for (int from = 0; from < count; from += INSERT) {
                int n = Math.min(INSERT, count - from);
                var workspaces = new UUID[n];
                var ids = new UUID[n];
                var actions = new String[n];
                var bytes = new byte[n][];
                for (int i = 0; i < n; i++) {
                    workspaces[i] = logs.get((from + i) % logs.size());
                    ids[i] = LeafIds.next(InstantSource.system());
                    actions[i] = "bench.measured";
                    bytes[i] = leaf(workspaces[i], ids[i]);
                }
                s.setArray(1, connection.createArrayOf("uuid", workspaces));
                s.setArray(2, connection.createArrayOf("uuid", ids));
                s.setArray(3, connection.createArrayOf("text", actions));
                s.setArray(4, connection.createArrayOf("bytea", bytes));
                s.executeUpdate();
            }
        }
    }

    private static byte[] leaf(UUID workspace, UUID id) {
        byte[] bare = leaf(workspace, id, "");
        return leaf(workspace, id, "x".repeat(Math.max(0, LEAF_BYTES - bare.length)));
    }

    private static byte[] leaf(UUID workspace, UUID id, String filling) {
        Instant now = Instant.now();
        return Leaf.of(DatabaseRig.origin(workspace), "bench.measured")
                .id(id)
                .time(now, now)
                .category(Leaf.Category.CHANGE)
                .crud(Leaf.Crud.CREATE)
                .actor(Leaf.ActorType.SERVICE, "bench")
                .target("bench.row", "1")
                .detail(JsonObject.of("filling", filling))
                .build()
                .bytes();
    }

    private static void drain(Integrator integrator) throws SQLException, IOException {
        while (integrator.integrate() > 0) {
            // Until the queue is empty: what the product's loop does.
        }
    }

    private static void drainRaw(DatabaseRig rig) throws SQLException {
        try (Connection connection = rig.owner();
                var s = connection.prepareStatement(RAW)) {
            s.setInt(1, 5000);
            while (s.executeUpdate() > 0) {
                // Each statement is a transaction of its own.
            }
        }
    }

    private interface Work {
        void run() throws SQLException, IOException;
    }

    private static double seconds(Work work) throws SQLException, IOException {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e9;
    }

    /** Speed that loses a leaf is worth nothing. */
    private static void verify(DatabaseRig rig, List<UUID> logs, Publication publication)
            throws SQLException, IOException {
        var wrong = new ArrayList<String>();
        expect(wrong, rig, "leaves in the queue", "select count(*) from evidence.pending", 0);
        expect(wrong, rig, "logs whose places have gaps", """
                select count(*) from (
                    select workspace_id from evidence.leaf_index group by workspace_id
                    having min(seq) <> 0 or max(seq) <> count(*) - 1) g""", 0);
        expect(wrong, rig, "leaves without a place", """
                select (select count(*) from evidence.leaf) - (select count(*) from evidence.leaf_index)""", 0);
        expect(wrong, rig, "places whose hash is not that of the stored bytes", """
                select count(*) from evidence.leaf_index i join evidence.leaf l using (workspace_id, leaf_id)
                 where i.leaf_hash <> sha256('\\x00'::bytea || l.bytes)""", 0);
        expect(wrong, rig, "logs without a checkpoint over all their leaves", """
                select count(*) from evidence.tree t where not exists (
                    select 1 from evidence.checkpoint c where c.workspace_id = t.workspace_id and c.size = t.size)""", 0);
        for (UUID log : logs) {
            long size = rig.count("select size from evidence.tree where workspace_id = '" + log + "'");
            String note =
                    new String(publication.published(log).orElse(new byte[0]), java.nio.charset.StandardCharsets.UTF_8);
            if (!note.startsWith(DatabaseRig.origin(log) + "\n" + size + "\n")) {
                wrong.add("the checkpoint of " + log + " that went out is not over " + size + " leaves");
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException(String.join("; ", wrong));
        }
    }

    private static void expect(List<String> wrong, DatabaseRig rig, String what, String sql, long expected)
            throws SQLException {
        long found = rig.count(sql);
        if (found != expected) {
            wrong.add(what + ": " + found);
        }
    }
}
