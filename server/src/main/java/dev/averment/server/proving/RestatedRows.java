package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.LogStore.Restated;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.merkle.TreeHash;
import dev.averment.server.tenancy.WellKnown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of the operator's workspace that say once more what entries of its log say, read as the runtime role. */
final class RestatedRows {
    private static final int MOST_VERDICTS = 500;

    private RestatedRows() {}

    /** The newest observations, older ones from a random place on, and the newest entries that have no row. */
    static List<Restated> observations(Database database) throws CollectException {
        return read(database, """
                with chosen as (
                    (select * from claims.observation order by observation_id desc limit 500)
                    union
                    (select * from claims.observation
                      where observation_id >= (
                            select lpad(to_hex((extract(epoch from low.t + random() * (now() - low.t)) * 1000)::bigint), 12, '0')
                                   || '70008000000000000000'
                              from (select min(received_at) as t from (
                                        select received_at from claims.observation order by observation_id limit 1) first) low)::uuid
                      order by observation_id limit 100))
                select 'row ' || o.observation_id || ' of claims.observation (' || o.claim_id || '/' || o.check_id || ')' as name,
                       o.observation_id, o.page_id, o.revision, o.claim_id, o.check_id, o.verdict, o.reason, o.observed_at,
                       o.received_at, l.bytes
                  from chosen o
                  left join evidence.leaf l on l.workspace_id = o.workspace_id and l.leaf_id = o.leaf_id
                union all
                select 'entry ' || l.leaf_id || ' of the log', null, null, null, null, null, null, null, null, null, l.bytes
                  from (select * from evidence.leaf
                         where workspace_id = (select tenancy.workspace()) and action = 'check.observed'
                         order by leaf_id desc limit 500) l
                 where not exists (select from claims.observation o
                                    where o.workspace_id = l.workspace_id and o.leaf_id = l.leaf_id)""", r -> {
            byte[] entry = r.getBytes("bytes");
            return new Restated(
                    r.getString("name"),
                    r.getString("observation_id") == null ? Optional.empty() : Optional.of(InstanceLogStore.row(r)),
                    Optional.ofNullable(entry));
        });
    }

    /**
     * An entry that recorded an inserted row.
     *
     * @param hash what the log says that it hashes to, once it has its place
     * @param salt of the digests of the row
     */
    private record Inserted(String leaf, byte[] bytes, Optional<Hash> hash, byte[] salt) {}

    /** What an entry says of a row of {@code claims.verdict}: {@code page/claim}, and the digest of salt and row. */
    private record Recorded(String leaf, String target, byte[] salt, String digest) {}

    /**
     * Verdicts of which the entry that recorded the insert is there and the row is not, or says something else: their
     * digests are over the salt and the whole row. (A migration that adds a column to the table has to say here how the rows of
     * before are written down.) An entry is hashed before it is read, and one that was altered is named as such: whatever
     * somebody wrote into it must not keep the rest from being looked at.
     */
    static List<String> lost(Database database) throws CollectException {
        List<Inserted> inserted = read(database, """
                select l.leaf_id, l.bytes, i.leaf_hash, d.salt
                  from (select * from evidence.leaf
                         where workspace_id = (select tenancy.workspace()) order by leaf_id desc limit 3000) l
                  join evidence.disclosure d
                    on d.workspace_id = l.workspace_id and d.leaf_id = l.leaf_id and d.path = 'change'
                  left join evidence.leaf_index i on i.workspace_id = l.workspace_id and i.leaf_id = l.leaf_id
                 where l.action = 'row.inserted'
                 order by l.leaf_id desc""", r -> {
            byte[] hash = r.getBytes("leaf_hash");
            return new Inserted(
                    r.getString("leaf_id"),
                    r.getBytes("bytes"),
                    hash == null ? Optional.empty() : Optional.of(Hash.of(hash)),
                    r.getBytes("salt"));
        });
        var names = new ArrayList<String>();
        var recorded = new ArrayList<Recorded>();
        for (Inserted entry : inserted) {
            if (entry.hash().isPresent()
                    && !TreeHash.leaf(entry.bytes()).equals(entry.hash().get())) {
                names.add("entry " + entry.leaf() + " of the log was altered");
                continue;
            }
            try {
                JsonObject leaf = Json.parseObject(entry.bytes());
                JsonObject target = leaf.array("targets").objects().getFirst();
                if (target.string("type").equals("claims.verdict") && recorded.size() < MOST_VERDICTS) {
                    recorded.add(new Recorded(
                            entry.leaf(),
                            target.string("id"),
                            entry.salt(),
                            leaf.object("change").string("after_sha256")));
                }
            } catch (JsonException e) {
                names.add("entry " + entry.leaf() + " of the log can't be read: " + e.getMessage());
            }
        }
        names.addAll(read(
                database,
                """
                select 'entry ' || r.leaf_id || ' recorded a verdict of ' || r.target
                       || ', and claims.verdict has no row that says the same' as name
                  from unnest(?::text[], ?::text[], ?::bytea[], ?::text[]) as r (leaf_id, target, salt, digest)
                 where not exists (
                       select from claims.verdict v
                        where v.page_id = split_part(r.target, '/', 1) and v.claim_id = split_part(r.target, '/', 2)
                          and encode(sha256(r.salt || convert_to(row_to_json(v)::text, 'UTF8')), 'hex') = r.digest)
                 limit 10""",
                r -> r.getString(1),
                List.of(
                        recorded.stream().map(Recorded::leaf).toArray(String[]::new),
                        recorded.stream().map(Recorded::target).toArray(String[]::new),
                        recorded.stream().map(Recorded::salt).toArray(byte[][]::new),
                        recorded.stream().map(Recorded::digest).toArray(String[]::new))));
        return names;
    }

    @FunctionalInterface
    private interface Mapped<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> read(Database database, String query, Mapped<T> mapped) throws CollectException {
        return read(database, query, mapped, List.of());
    }

    /** @param arrays the query's parameters */
    private static <T> List<T> read(Database database, String query, Mapped<T> mapped, List<Object[]> arrays)
            throws CollectException {
        try (Connection c = database.connect(Database.Role.RUNTIME)) {
            c.setAutoCommit(false);
            database.enter(c, WellKnown.OPERATOR);
            try (var s = c.createStatement()) {
                // As in record_change, whose digests these are.
                s.execute("set local \"TimeZone\" = 'UTC'");
                s.execute("set local statement_timeout = '30s'");
            }
            var all = new ArrayList<T>();
            try (PreparedStatement s = c.prepareStatement(query)) {
                for (int i = 0; i < arrays.size(); i++) {
                    s.setArray(
                            i + 1,
                            c.createArrayOf(arrays.get(i) instanceof byte[][] ? "bytea" : "text", arrays.get(i)));
                }
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        all.add(mapped.of(r));
                    }
                }
            }
            c.rollback();
            return all;
        } catch (SQLException e) {
            throw new CollectException("The rows that restate entries can't be read: " + e.getMessage(), e);
        }
    }
}
