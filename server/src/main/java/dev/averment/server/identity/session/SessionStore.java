package dev.averment.server.identity.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.session}. */
final class SessionStore {

    /**
     * A row, whether or not its session still lives.
     *
     * @param revoked true when the account's sessions of that time were all ended, or the account can't be used
     */
    record Row(
            Session session,
            byte[] secretHash,
            byte[] refreshSalt,
            int generation,
            Instant refreshed,
            boolean confirmed,
            int base,
            boolean revoked,
            @Nullable Instant ended) {
        boolean live(Instant now, SessionPolicy policy) {
            return !revoked
                    && ended == null
                    && now.isBefore(session.expires())
                    && now.isBefore(session.seen().plus(policy.idle()));
        }
    }

    private static final String ROW = """
            select s.session_id, s.account_id, s.secret_hash, s.refresh_salt, s.generation, s.refreshed_at, s.confirmed,
                   s.base, s.factors, s.proven_at, s.opened_at, s.seen_at, s.expires_at, s.ended_at, s.client,
                   s.address, a.operator, s.revocation <> a.revocation or a.disabled_at is not null as revoked
              from identity.session s
              join identity.account a on a.account_id = s.account_id
            """;

    void insert(JdbcClient jdbc, Session session, byte[] secretHash, byte[] refreshSalt) {
        jdbc.sql("""
                insert into identity.session (session_id, account_id, secret_hash, refresh_salt, refreshed_at,
                       revocation, factors, proven_at, opened_at, seen_at, expires_at, client, address)
                select ?, a.account_id, ?, ?, ?, a.revocation, ?, ?, ?, ?, ?, ?, ?
                  from identity.account a
                 where a.account_id = ?""")
                .params(
                        session.id(),
                        secretHash,
                        refreshSalt,
                        at(session.opened()),
                        String.join(" ", session.factors().stream().sorted().toList()),
                        at(session.proven()),
                        at(session.opened()),
                        at(session.seen()),
                        at(session.expires()),
                        session.client(),
                        session.address(),
                        session.account())
                .update();
    }

    Optional<Row> find(JdbcClient jdbc, UUID session) {
        return jdbc.sql(ROW + "where s.session_id = ?")
                .param(session)
                .query(SessionStore::row)
                .optional();
    }

    /** As {@link #find}; whoever else asks for the same session waits until this transaction is over. */
    Optional<Row> lock(JdbcClient jdbc, UUID session) {
        return jdbc.sql(ROW + "where s.session_id = ? for update of s")
                .param(session)
                .query(SessionStore::row)
                .optional();
    }

    List<Row> ofAccount(JdbcClient jdbc, UUID account) {
        return jdbc.sql(ROW + "where s.account_id = ? and s.ended_at is null order by s.seen_at desc limit 200")
                .param(account)
                .query(SessionStore::row)
                .list();
    }

    void advance(JdbcClient jdbc, UUID session, int generation, int base, Instant now) {
        jdbc.sql("""
                update identity.session
                   set generation = ?, refreshed_at = ?, seen_at = ?, confirmed = false, base = ?
                 where session_id = ?""").params(generation, at(now), at(now), base, session).update();
    }

    void confirm(JdbcClient jdbc, UUID session, int generation) {
        jdbc.sql("update identity.session set confirmed = true where session_id = ? and generation = ?")
                .params(session, generation)
                .update();
    }

    void seen(JdbcClient jdbc, UUID session, Instant now) {
        jdbc.sql("update identity.session set seen_at = ? where session_id = ? and ended_at is null")
                .params(at(now), session)
                .update();
    }

    void proven(JdbcClient jdbc, UUID session, Set<String> factors, Instant now) {
        jdbc.sql("update identity.session set proven_at = ?, factors = ? where session_id = ? and ended_at is null")
                .params(at(now), String.join(" ", factors.stream().sorted().toList()), session)
                .update();
    }

    /** False when it has ended meanwhile. */
    boolean resecret(JdbcClient jdbc, UUID session, byte[] secretHash) {
        return jdbc.sql("update identity.session set secret_hash = ? where session_id = ? and ended_at is null")
                        .params(secretHash, session)
                        .update()
                == 1;
    }

    /** True when it was open. */
    boolean end(JdbcClient jdbc, UUID account, UUID session, String because, Instant now) {
        List<UUID> open = locked(jdbc.sql("""
                        select session_id from identity.session
                         where session_id = ? and account_id = ? and ended_at is null for update""").params(session, account));
        end(jdbc, open, because, now);
        return !open.isEmpty();
    }

    /** Every session of {@code account} is over at its next request, whichever server it reaches. */
    void endAll(JdbcClient jdbc, UUID account, String because, Instant now) {
        changed(
                1,
                jdbc.sql("update identity.account set revocation = revocation + 1 where account_id = ?")
                        .param(account)
                        .update());
        List<UUID> open = locked(jdbc.sql("""
                        select session_id from identity.session where account_id = ? and ended_at is null for update""").param(account));
        end(jdbc, open, because, now);
    }

    /** Ends every session of {@code account} but one. */
    void endOthers(JdbcClient jdbc, UUID account, UUID kept, String because, Instant now) {
        List<UUID> open = locked(jdbc.sql("""
                        select session_id from identity.session
                         where account_id = ? and session_id <> ? and ended_at is null for update""").params(account, kept));
        end(jdbc, open, because, now);
    }

    /** Ends all but the {@code kept} sessions of {@code account} that were used last. */
    void endBeyond(JdbcClient jdbc, UUID account, int kept, String because, Instant now) {
        List<UUID> open = locked(jdbc.sql("""
                        select session_id from identity.session
                         where ended_at is null
                           and session_id in (select session_id from identity.session
                                               where account_id = ? and ended_at is null
                                               order by seen_at desc, opened_at desc offset ?)
                           for update""").params(account, kept));
        end(jdbc, open, because, now);
    }

    private static List<UUID> locked(JdbcClient.StatementSpec open) {
        return open.query((r, _) -> r.getObject("session_id", UUID.class)).list();
    }

    /** Ends sessions that this transaction has locked: each of them, or the transaction is none. */
    private static void end(JdbcClient jdbc, List<UUID> sessions, String because, Instant now) {
        if (!sessions.isEmpty()) {
            changed(
                    sessions.size(),
                    jdbc.sql("update identity.session set ended_at = ?, ended_because = ? where session_id = any (?)")
                            .params(at(now), because, sessions.toArray(UUID[]::new))
                            .update());
        }
    }

    /** Whoever signs out must not be told that he is out while the database kept him in. */
    private static void changed(int rows, int changed) {
        if (changed != rows) {
            throw new IllegalStateException("The database was to end " + rows
                    + " sessions or accounts' sessions and changed "
                    + changed + " rows; look for a trigger or rule on identity.session or identity.account that nobody"
                    + " reviewed.");
        }
    }

    private static Row row(ResultSet r, int number) throws SQLException {
        var ended = r.getObject("ended_at", OffsetDateTime.class);
        return new Row(
                new Session(
                        r.getObject("session_id", UUID.class),
                        r.getObject("account_id", UUID.class),
                        Set.of(r.getString("factors").split(" ")),
                        instant(r, "proven_at"),
                        instant(r, "opened_at"),
                        instant(r, "seen_at"),
                        instant(r, "expires_at"),
                        r.getString("client"),
                        r.getString("address"),
                        r.getBoolean("operator")),
                r.getBytes("secret_hash"),
                r.getBytes("refresh_salt"),
                r.getInt("generation"),
                instant(r, "refreshed_at"),
                r.getBoolean("confirmed"),
                r.getInt("base"),
                r.getBoolean("revoked"),
                ended == null ? null : ended.toInstant());
    }

    private static Instant instant(ResultSet r, String column) throws SQLException {
        return r.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
