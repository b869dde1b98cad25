package dev.averment.server.clocks;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code clocks.clock}. */
final class ClockStore {
    private static final String CLOCK = """
            select clock_id, subject, rule, term, calendar, started_at, due_at, stopped_at, outcome, because
              from clocks.clock where workspace_id = ?
            """;

    void insert(JdbcClient tx, UUID workspace, Clock clock) {
        tx.sql("""
                insert into clocks.clock (workspace_id, clock_id, subject, rule, term, calendar, started_at, due_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        workspace,
                        clock.id(),
                        clock.subject(),
                        clock.rule(),
                        clock.term(),
                        clock.calendar(),
                        clock.started().atOffset(ZoneOffset.UTC),
                        clock.due().atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The clock that runs, locked; a missed one runs until it is stopped. */
    Optional<Clock> running(JdbcClient tx, UUID workspace, String subject, String rule) {
        return tx.sql(CLOCK + "and subject = ? and rule = ? and stopped_at is null for update")
                .params(workspace, subject, rule)
                .query(ClockStore::clock)
                .optional();
    }

    void stop(JdbcClient tx, UUID workspace, UUID clock, Instant at, Clock.Outcome outcome, String because) {
        tx.sql("""
                update clocks.clock set stopped_at = ?, outcome = ?, because = ?
                 where workspace_id = ? and clock_id = ?""")
                .params(at.atOffset(ZoneOffset.UTC), outcome.word(), because, workspace, clock)
                .update();
    }

    /** Clocks that ran out and are not marked yet, locked; those that somebody else marks just now are left to him. */
    List<Clock> overdue(JdbcClient tx, UUID workspace, Instant now, int most) {
        return tx.sql(CLOCK
                        + "and outcome is null and due_at < ? order by due_at, clock_id limit ? for update skip locked")
                .params(workspace, now.atOffset(ZoneOffset.UTC), most)
                .query(ClockStore::clock)
                .list();
    }

    void missed(JdbcClient tx, UUID workspace, UUID clock) {
        tx.sql("""
                update clocks.clock set outcome = 'missed'
                 where workspace_id = ? and clock_id = ? and outcome is null""").params(workspace, clock).update();
    }

    List<Clock> of(JdbcClient tx, UUID workspace, String subject) {
        return tx.sql(CLOCK + "and subject = ? order by started_at, clock_id limit 200")
                .params(workspace, subject)
                .query(ClockStore::clock)
                .list();
    }

    /** Clocks that run, due first. */
    List<Clock> running(JdbcClient tx, UUID workspace, int most) {
        return tx.sql(CLOCK + "and stopped_at is null order by due_at, clock_id limit ?")
                .params(workspace, most)
                .query(ClockStore::clock)
                .list();
    }

    List<Attainment> attainment(JdbcClient tx, UUID workspace, Instant since, Instant now) {
        return tx.sql("""
                select rule, count(*) filter (where outcome = 'met'),
                       count(*) filter (where outcome = 'missed' or (outcome is null and due_at < ?)),
                       count(*) filter (where outcome = 'withdrawn'),
                       count(*) filter (where outcome is null and due_at >= ?)
                  from clocks.clock where workspace_id = ? and started_at >= ? group by rule order by rule limit 200""")
                .params(
                        now.atOffset(ZoneOffset.UTC),
                        now.atOffset(ZoneOffset.UTC),
                        workspace,
                        since.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new Attainment(r.getString(1), r.getLong(2), r.getLong(3), r.getLong(4), r.getLong(5)))
                .list();
    }

    private static Clock clock(ResultSet r, int number) throws SQLException {
        OffsetDateTime stopped = r.getObject("stopped_at", OffsetDateTime.class);
        String outcome = r.getString("outcome");
        String because = r.getString("because");
        return new Clock(
                r.getObject("clock_id", UUID.class),
                r.getString("subject"),
                r.getString("rule"),
                r.getString("term"),
                r.getInt("calendar"),
                r.getObject("started_at", OffsetDateTime.class).toInstant(),
                r.getObject("due_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(stopped).map(OffsetDateTime::toInstant),
                outcome == null ? Optional.empty() : Clock.Outcome.parse(outcome),
                because == null ? "" : because);
    }
}
