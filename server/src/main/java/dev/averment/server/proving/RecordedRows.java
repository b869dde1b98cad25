package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Database;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.tenancy.WellKnown;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the operator's workspace against the newest entries of the log about them, and the columns beside an entry's bytes
 * against the bytes. Whoever owns the tables can switch the trigger that records changes off and edit a row; the digest of the
 * row as it was recorded then no longer fits. Read as the runtime role, in one snapshot; entries are found by their bytes
 * alone, and one that can't be read is the business of the hashes, not of this.
 */
final class RecordedRows {
    /** Tables whose rows change seldom, and the columns that name a row in its entries, as the trigger was given them. */
    private static final SortedMap<String, List<String>> TABLES = new TreeMap<>(Map.of(
            "claims.change", List.of("page_id", "number", "line"),
            "claims.revision", List.of("page_id", "number"),
            "registers.entry", List.of("page_id", "register", "entry_id"),
            "tenancy.invitation", List.of("invitation_id"),
            "tenancy.member", List.of("account_id"),
            "tenancy.workspace", List.of("workspace_id")));

    /** Rows of a table that are looked at, by chance; the newest entries among which theirs are looked for. */
    private static final int ROWS = 2_000;

    private static final int ENTRIES = 200_000;
    private static final int NAMED = 10;
    private static final int PORTION = 200;

    /** A transaction's beginning, which the column holds, and the writing of a leaf in it lie no further apart. */
    private static final Duration TRANSACTION = Duration.ofMinutes(10);

    private final Connection connection;

    private RecordedRows(Connection connection) {
        this.connection = connection;
    }

    /** What differs, for people; empty when nothing does. */
    static List<String> differing(Database database) throws CollectException {
        try (Connection c = database.connect(Database.Role.RUNTIME)) {
            c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            c.setAutoCommit(false);
            database.enter(c, WellKnown.OPERATOR);
            try (var s = c.createStatement()) {
                // As in record_change, whose digests these are.
                s.execute("set local \"TimeZone\" = 'UTC'");
                s.execute("set local statement_timeout = '30s'");
            }
            var rows = new RecordedRows(c);
            List<String> differing = rows.columns();
            for (var table : TABLES.entrySet()) {
                differing.addAll(rows.of(table.getKey(), table.getValue()));
            }
            differing.addAll(rows.sources());
            c.rollback();
            return differing;
        } catch (SQLException e) {
            throw new CollectException("The rows that entries recorded can't be read: " + e.getMessage(), e);
        }
    }

    private interface Each {
        void see(ResultSet row) throws SQLException;
    }

    private void each(String query, Each each) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(query)) {
            s.setFetchSize(PORTION);
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    each.see(r);
                }
            }
        }
    }

    private static Optional<JsonObject> parsed(byte[] bytes) {
        try {
            return Optional.of(Json.parseObject(bytes));
        } catch (JsonException damaged) {
            return Optional.empty();
        }
    }

    /** Entries whose columns say another action, id or time than their bytes: what is looked for by them is not found. */
    private List<String> columns() throws SQLException {
        var astray = new ArrayList<String>();
        each("""
                (select leaf_id, action, recorded_at, bytes from evidence.leaf
                  where workspace_id = (select tenancy.workspace()) order by leaf_id desc limit 5000)
                union all
                (select leaf_id, action, recorded_at, bytes from evidence.leaf
                  where workspace_id = (select tenancy.workspace()) and random() < 0.01 limit 2000)""", r -> {
            Optional<JsonObject> leaf = parsed(r.getBytes("bytes"));
            Timestamp recorded = r.getTimestamp("recorded_at");
            if (leaf.isPresent()
                    && astray.size() < NAMED
                    && !says(leaf.get(), r.getString("leaf_id"), r.getString("action"), recorded.toInstant())) {
                astray.add("entry " + r.getString("leaf_id") + " of the log is kept as " + r.getString("action")
                        + " of " + recorded.toInstant() + ", and its bytes say something else");
            }
        });
        return astray;
    }

    private static boolean says(JsonObject leaf, String id, String action, Instant recorded) {
        try {
            return leaf.string("id").equals(id)
                    && leaf.string("action").equals(action)
                    && Duration.between(Instant.parse(leaf.string("recorded_at")), recorded)
                                    .abs()
                                    .compareTo(TRANSACTION)
                            <= 0;
        } catch (JsonException | DateTimeException unlikeAnEntry) {
            return false;
        }
    }

    /**
     * The newest entry about a row.
     *
     * @param time as the entry says it, to the microsecond: ids tell entries of one millisecond apart in no order
     */
    private record Told(String leaf, String time, boolean deleted, String digest, byte @Nullable [] salt) {
        static Told newer(Told one, Told other) {
            return one.time().compareTo(other.time()) >= 0 ? one : other;
        }
    }

    private List<String> of(String table, List<String> key) throws SQLException {
        Map<String, Told> told = new HashMap<>();
        boolean whole = told(table, told);
        var differing = new ArrayList<String>();
        Set<String> there = new HashSet<>();
        String id = "concat_ws('/', "
                + String.join(
                        ", ",
                        key.stream().map(c -> "coalesce(t." + c + "::text, '')").toList()) + ")";
        each("select %s as id from %s t".formatted(id, table), r -> there.add(r.getString("id")));
        each("""
                select %s as id, array(select to_json(c.key)::text || ':' || c.value::text
                                         from json_each(row_to_json(t)) with ordinality c (key, value, n) order by c.n) as columns
                  from (select * from %s order by random() limit %d) t""".formatted(id, table, ROWS), r -> {
            String name = "row " + r.getString("id") + " of " + table;
            Told newest = told.get(r.getString("id"));
            if (newest == null) {
                if (whole) {
                    differing.add(name + " was never recorded");
                }
            } else if (newest.deleted()) {
                differing.add(name + " is there, though entry " + newest.leaf() + " recorded that it was deleted");
            } else if (newest.salt() != null
                    && !fits((String[]) r.getArray("columns").getArray(), newest.salt(), newest.digest())) {
                differing.add(name + " is not as entry " + newest.leaf() + " recorded it");
            }
        });
        new TreeMap<>(told).forEach((row, newest) -> {
            if (!newest.deleted() && !there.contains(row)) {
                differing.add("row " + row + " of " + table + " is gone, and entry " + newest.leaf()
                        + ", the newest about it, does not say so");
            }
        });
        return differing.subList(0, Math.min(NAMED, differing.size()));
    }

    /** Fills {@code told}; true when every entry of the log was looked through. */
    private boolean told(String table, Map<String, Told> told) throws SQLException {
        each("""
                select l.leaf_id, l.bytes, d.salt
                  from (select * from evidence.leaf
                         where workspace_id = (select tenancy.workspace()) order by leaf_id desc limit %d) l
                  left join evidence.disclosure d
                    on d.workspace_id = l.workspace_id and d.leaf_id = l.leaf_id and d.path = 'change'
                 where position(convert_to('"type":"%s"}]', 'UTF8') in l.bytes) > 0""".formatted(ENTRIES, table), r -> {
            Optional<JsonObject> leaf = parsed(r.getBytes("bytes"));
            if (leaf.isEmpty()) {
                return;
            }
            try {
                if (leaf.get().string("category").equals("change")) {
                    JsonObject target = leaf.get().array("targets").objects().getFirst();
                    boolean deleted = leaf.get().string("crud").equals("d");
                    told.merge(
                            target.string("id"),
                            new Told(
                                    r.getString("leaf_id"),
                                    leaf.get().string("time"),
                                    deleted,
                                    deleted ? "" : leaf.get().object("change").string("after_sha256"),
                                    r.getBytes("salt")),
                            Told::newer);
                }
            } catch (JsonException unlikeAChange) {
                return;
            }
        });
        var entries = new long[1];
        each("""
                select count(*) from (select from evidence.leaf
                                       where workspace_id = (select tenancy.workspace()) limit %d) l""".formatted(ENTRIES), r -> entries[0] = r.getLong(1));
        return entries[0] < ENTRIES;
    }

    /** A row from before a migration added columns was recorded without them: the digest may be over the first ones only. */
    private static boolean fits(String[] columns, byte[] salt, String digest) {
        for (int last = columns.length; last > 0; last--) {
            String line = "{" + String.join(",", Arrays.copyOf(columns, last)) + "}";
            if (HexFormat.of()
                    .formatHex(sha256(salt, line.getBytes(StandardCharsets.UTF_8)))
                    .equals(digest)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] sha256(byte[] salt, byte[] line) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(salt);
            return sha256.digest(line);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> sources() throws SQLException {
        var differing = new ArrayList<String>();
        each(
                """
                select page_id || '/' || number as id from claims.revision where sha256(source) <> sha256 limit 10""",
                r -> differing.add("row " + r.getString("id")
                        + " of claims.revision holds a page that does not come to its SHA-256"));
        return differing;
    }
}
