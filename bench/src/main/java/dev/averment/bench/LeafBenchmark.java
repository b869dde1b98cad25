package dev.averment.bench;

import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.database.Role;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What recording a change costs the transaction that makes it. The peer is the same transaction without the trigger. */
public final class LeafBenchmark implements Benchmark {
    private static final int WORKSPACES = 100;

    @Override
    public String name() {
        return "leaf";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        int clients = effort.threads();
        var report = new Report(
                "leaf",
                "Durable one-row business transactions a second (" + clients + " clients, " + WORKSPACES
                        + " workspaces): a sealed context, an update of one row by its key, and the leaf that the trigger"
                        + " adds in the same transaction.",
                "Compared with the same transaction on the same table while the trigger is switched off.");
        try (var rig = DatabaseRig.start(clients)) {
            List<UUID> workspaces = rig.workspaces(WORKSPACES);
            for (UUID workspace : workspaces) {
                rig.workspaces()
                        .in(
                                DatabaseRig.context(workspace),
                                jdbc -> jdbc.sql("""
                                insert into registers.entry (workspace_id, page_id, register, entry_id, title, status)
                                values (?, 'bench', 'bench', '1', 'Bench', 'done')""").param(workspace).update());
            }
            Samples without = report.samples("without the trigger", "transactions/s");
            Samples with = report.samples("with the trigger", "transactions/s");
            Samples loss = report.samples("lost, round by round", "%");
            Samples withoutCpu = report.samples("database's processor time, without", "µs/transaction");
            Samples withCpu = report.samples("database's processor time, with", "µs/transaction");
            Samples withoutAll = report.samples("processor time of database and clients, without", "µs/transaction");
            Samples withAll = report.samples("processor time of database and clients, with", "µs/transaction");
            measure(rig, workspaces, clients, effort.warmup(), null, null);
            for (int i = 0; i < effort.rounds(); i++) {
                trigger(rig, "disable trigger");
                // Switching a trigger makes every connection plan its statements anew.
                measure(rig, workspaces, clients, effort.warmup().dividedBy(2), null, null);
                double plain = measure(rig, workspaces, clients, effort.round(), withoutCpu, withoutAll);
                trigger(rig, "enable always trigger");
                long before = rig.count("select count(*) from evidence.leaf");
                measure(rig, workspaces, clients, effort.warmup().dividedBy(2), null, null);
                double recorded = measure(rig, workspaces, clients, effort.round(), withCpu, withAll);
                if (rig.count("select count(*) from evidence.leaf") == before) {
                    throw new IllegalStateException("the trigger added no leaf");
                }
                without.add(plain);
                with.add(recorded);
                loss.add(Math.max(0, (1 - recorded / plain) * 100));
            }
            parseOne(rig);
            report.atMost("throughput lost to the leaf, median", loss.median(), "%", 30);
            report.note("By processor time of database and clients, which other work on the machine disturbs less than"
                    + " throughput, the leaf takes "
                    + Samples.figure(Math.max(0, (1 - withoutAll.median() / withAll.median()) * 100)) + " %.");
            report.note("The denominator is the least that a change can be: one row, found by its key. Any transaction"
                    + " that does more loses less.");
        }
        return report;
    }

    private static double measure(
            DatabaseRig rig,
            List<UUID> workspaces,
            int clients,
            java.time.Duration time,
            @org.jspecify.annotations.Nullable Samples database,
            @org.jspecify.annotations.Nullable Samples all)
            throws Exception {
        double before = rig.processorMicros();
        double ownBefore = ProcessorTime.own();
        Clients.Round round = Clients.run(clients, time, _ -> {
            UUID workspace = workspaces.get(ThreadLocalRandom.current().nextInt(workspaces.size()));
            String title = "Bench " + ThreadLocalRandom.current().nextInt();
            rig.workspaces()
                    .in(
                            DatabaseRig.context(workspace),
                            jdbc -> jdbc.sql("""
                            update registers.entry set title = ?
                             where workspace_id = ? and page_id = 'bench' and register = 'bench' and entry_id = '1'""").params(title, workspace).update());
        });
        double spent = rig.processorMicros() - before;
        if (database != null) {
            database.add(spent / round.acts());
        }
        if (all != null) {
            all.add((spent + ProcessorTime.own() - ownBefore) / round.acts());
        }
        return round.perSecond();
    }

    private static void trigger(DatabaseRig rig, String what) throws SQLException {
        rig.asOwner("alter table registers.entry " + what + " record_change");
    }

    /** What was written so fast must be a leaf. */
    private static void parseOne(DatabaseRig rig) throws Exception {
        try (var connection = rig.pools().of(Role.LOG).getConnection();
                var s = connection.createStatement();
                var r = s.executeQuery(
                        "select bytes from evidence.leaf where action = 'row.updated' order by leaf_id desc limit 1")) {
            if (!r.next() || !Leaf.parse(r.getBytes(1)).action().equals("row.updated")) {
                throw new IllegalStateException("the newest leaf is not one of the measured changes");
            }
        }
    }
}
