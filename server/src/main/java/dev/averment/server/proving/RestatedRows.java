package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.LogStore.Restated;
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
     * Verdicts of which the entry that recorded the insert is there and the row is not, or says something else: their
     * digests are over the salt and the whole row. (A migration that adds a column to the table has to say here how the rows of
     * before are written down.)
     */
    static List<String> lost(Database database) throws CollectException {
        return read(database, """
                with recorded as (
                    select l.leaf_id, d.salt, j.leaf #>> '{targets,0,id}' as target, j.leaf #>> '{change,after_sha256}' as digest
                      from (select * from evidence.leaf
                             where workspace_id = (select tenancy.workspace()) order by leaf_id desc limit 3000) l
                     cross join lateral (select convert_from(l.bytes, 'UTF8')::json as leaf) j
                      join evidence.disclosure d
                        on d.workspace_id = l.workspace_id and d.leaf_id = l.leaf_id and d.path = 'change'
                     where l.action = 'row.inserted' and j.leaf #>> '{targets,0,type}' = 'claims.verdict'
                     order by l.leaf_id desc limit 500)
                select 'entry ' || r.leaf_id || ' recorded a verdict of ' || r.target
                       || ', and claims.verdict has no row that says the same' as name
                  from recorded r
                 where not exists (
                       select from claims.verdict v
                        where v.page_id = split_part(r.target, '/', 1) and v.claim_id = split_part(r.target, '/', 2)
                          and encode(sha256(r.salt || convert_to(row_to_json(v)::text, 'UTF8')), 'hex') = r.digest)
                 limit 10""", r -> r.getString(1));
    }

    @FunctionalInterface
    private interface Mapped<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> read(Database database, String query, Mapped<T> mapped) throws CollectException {
        try (Connection c = database.connect(Database.Role.RUNTIME)) {
            c.setAutoCommit(false);
            database.enter(c, WellKnown.OPERATOR);
            try (var s = c.createStatement()) {
                // As in record_change, whose digests these are.
                s.execute("set local \"TimeZone\" = 'UTC'");
                s.execute("set local statement_timeout = '30s'");
            }
            var all = new ArrayList<T>();
            try (PreparedStatement s = c.prepareStatement(query);
                    ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    all.add(mapped.of(r));
                }
            }
            c.rollback();
            return all;
        } catch (SQLException e) {
            throw new CollectException("The rows that restate entries can't be read: " + e.getMessage(), e);
        }
    }
}
