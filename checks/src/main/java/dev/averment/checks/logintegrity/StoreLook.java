package dev.averment.checks.logintegrity;

import dev.averment.checks.CollectException;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.LogStore;
import dev.averment.checks.target.LogStore.Restated;
import dev.averment.checks.target.WebFetch;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.leaf.LeafException;
import dev.averment.evidence.merkle.MerkleException;
import dev.averment.evidence.merkle.Proofs;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.evidence.note.NoteException;
import dev.averment.evidence.packet.Observed;
import dev.averment.evidence.packet.PacketException;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks behind the log: at every log in turn and not only the one that is served, at the way in, at rows that say
 * something else than their entries, and at what each of the server's roles may do to the log's tables.
 */
final class StoreLook {
    /** Logs of one look; the rest have their turn at later ones. */
    private static final int LOGS = 40;

    private static final int NEWEST = 40;
    private static final int OLDER = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int NAMED = 10;
    /** A database rounds to microseconds what a leaf cuts off there. */
    private static final Duration ROUNDING = Duration.ofNanos(2_000);

    private final LogStore store;
    private final SecureRandom random = new SecureRandom();

    StoreLook(LogStore store) {
        this.store = store;
    }

    List<Subject> subjects(Optional<Database> database) throws CollectException {
        var subjects = new ArrayList<Subject>();
        subjects.add(new Subject("all logs", logs()));
        subjects.add(new Subject("intake", intake()));
        subjects.add(new Subject("rows", rows()));
        if (database.isPresent()) {
            subjects.add(new Subject("roles", roles(database.get())));
        }
        return subjects;
    }

    private Map<String, Object> logs() throws CollectException {
        LogStore.Choice choice = store.logs(LOGS);
        var defects = new ArrayList<Object>();
        long entries = 0;
        for (LogStore.Log log : choice.logs()) {
            try {
                entries += verified(log);
            } catch (DefectException e) {
                defects.add(log.name() + ": " + e.getMessage());
            }
        }
        return Map.of(
                "kind",
                "logs",
                "looked",
                (long) choice.logs().size(),
                "of",
                choice.total(),
                "entriesHashed",
                entries,
                "defectCount",
                (long) defects.size(),
                "defects",
                defects.subList(0, Math.min(NAMED, defects.size())));
    }

    /** What is wrong with a log. */
    private static final class DefectException extends Exception {
        private static final long serialVersionUID = 1L;

        DefectException(String message) {
            super(message);
        }
    }

    private long verified(LogStore.Log log) throws DefectException, CollectException {
        byte[] note = log.checkpoint().orElseThrow(() -> new DefectException("it has entries and no checkpoint"));
        try {
            Checkpoint checkpoint = Checkpoint.open(note, log.key());
            var prover = new Prover(log.tiles(), checkpoint.size());
            if (!prover.root().equals(checkpoint.root())) {
                throw new DefectException("its tiles do not come to the signed root");
            }
            long hashed = 0;
            for (long seq : sequences(checkpoint.size())) {
                byte[] entry = log.entries()
                        .entry(seq)
                        .orElseThrow(() -> new DefectException("entry " + seq + " is missing from the store"));
                if (!Proofs.inclusion(
                        TreeHash.leaf(entry), seq, checkpoint.size(), prover.inclusion(seq), checkpoint.root())) {
                    throw new DefectException("entry " + seq + " was altered");
                }
                hashed++;
            }
            return hashed;
        } catch (NoteException e) {
            throw new DefectException("its checkpoint does not open with its key: " + WebFetch.why(e));
        } catch (MerkleException | IOException e) {
            throw new DefectException("its tiles are damaged: " + WebFetch.why(e));
        }
    }

    private TreeSet<Long> sequences(long size) {
        var sequences = new TreeSet<Long>();
        long newest = Math.max(0, size - NEWEST);
        for (long seq = newest; seq < size; seq++) {
            sequences.add(seq);
        }
        for (int i = 0; i < OLDER && newest > 0; i++) {
            sequences.add(random.nextLong(newest));
        }
        return sequences;
    }

    private Map<String, Object> intake() throws CollectException {
        try {
            LogStore.Intake intake = store.intake(PATIENCE);
            return Map.of(
                    "kind",
                    "intake",
                    "placed",
                    intake.placed(),
                    "waitedMillis",
                    intake.waited().toMillis(),
                    "oldestSeconds",
                    intake.oldest().toSeconds(),
                    "disabled",
                    List.copyOf(intake.disabled()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("The look was interrupted while a leaf waited for its place.", e);
        }
    }

    private Map<String, Object> rows() throws CollectException {
        var differing = new ArrayList<Object>();
        List<Restated> restated = store.observations();
        for (Restated row : restated) {
            String difference = difference(row);
            if (!difference.isEmpty()) {
                differing.add(row.name() + ": " + difference);
            }
        }
        differing.addAll(store.rowsLost());
        return Map.of(
                "kind",
                "rows",
                "compared",
                (long) restated.size(),
                "differingCount",
                (long) differing.size(),
                "differing",
                differing.subList(0, Math.min(NAMED, differing.size())));
    }

    private static String difference(Restated restated) {
        if (restated.row().isEmpty()) {
            return "it has no row";
        }
        if (restated.entry().isEmpty()) {
            return "its entry is not there";
        }
        Map<String, String> row = restated.row().get();
        try {
            Observed entry = Observed.in(Leaf.parse(restated.entry().get()));
            Map<String, String> says = Map.of(
                    "observation", entry.observation(),
                    "page", entry.page(),
                    "revision", Long.toString(entry.revision()),
                    "claim", entry.claim(),
                    "check", entry.check(),
                    "verdict", entry.verdict().word(),
                    "reason", entry.reason());
            for (String name : new TreeSet<>(says.keySet())) {
                if (!String.valueOf(says.get(name)).equals(row.get(name))) {
                    return name.equals("reason")
                            ? "its reason is not the entry's"
                            : "its " + name + " is " + row.get(name) + ", the entry's " + says.get(name);
                }
            }
            return apart(entry.observedAt(), row.get("time")) || apart(entry.recordedAt(), row.get("recorded_at"))
                    ? "its times are not the entry's"
                    : "";
        } catch (LeafException | PacketException e) {
            return "its entry can't be read: " + WebFetch.why(e);
        }
    }

    private static boolean apart(Instant entry, @Nullable String row) {
        return row == null || Duration.between(entry, Instant.parse(row)).abs().compareTo(ROUNDING) > 0;
    }

    /** What a role may do beyond its work, from the catalog: column grants and memberships count. */
    private Map<String, Object> roles(Database database) throws CollectException {
        var tooMany = new ArrayList<Object>();
        var tables = new TreeSet<>(database.allowances().appendOnlyTables());
        try (Connection connection = database.connect(Database.Role.PROBE);
                PreparedStatement s = connection.prepareStatement("""
                        SELECT r.rolname || ' ' || p.privilege || ' ' || n.nspname || '.' || c.relname
                          FROM pg_catalog.pg_roles r,
                               unnest(ARRAY['UPDATE', 'DELETE', 'TRUNCATE']) AS p (privilege),
                               pg_catalog.pg_class c
                          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                         WHERE n.nspname || '.' || c.relname = ANY (?)
                           AND r.rolname = ANY (?)
                           AND (pg_catalog.has_table_privilege(r.oid, c.oid, p.privilege)
                                OR p.privilege = 'UPDATE'
                                   AND pg_catalog.has_any_column_privilege(r.oid, c.oid, 'UPDATE'))
                         ORDER BY 1
                        """)) {
            s.setArray(1, connection.createArrayOf("text", tables.toArray()));
            s.setArray(2, connection.createArrayOf("text", store.roles().toArray()));
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    if (!store.needed().contains(r.getString(1))) {
                        tooMany.add(r.getString(1));
                    }
                }
            }
        } catch (SQLException e) {
            throw new CollectException("The privileges of the server's roles can't be read: " + WebFetch.why(e), e);
        }
        return Map.of(
                "kind",
                "roles",
                "roles",
                (long) store.roles().size(),
                "tables",
                (long) tables.size(),
                "tooManyCount",
                (long) tooMany.size(),
                "tooMany",
                tooMany.subList(0, Math.min(NAMED, tooMany.size())));
    }
}
