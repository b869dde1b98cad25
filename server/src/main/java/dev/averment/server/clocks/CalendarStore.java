package dev.averment.server.clocks;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code clocks.calendar}. */
final class CalendarStore {

    record Version(int number, CalendarText text) {}

    Optional<Version> newest(JdbcClient tx, UUID workspace) {
        return tx.sql("""
                select version, zone, region, week, closures from clocks.calendar
                 where workspace_id = ? order by version desc limit 1""")
                .param(workspace)
                .query((r, _) -> new Version(
                        r.getInt(1), new CalendarText(r.getString(2), r.getString(3), r.getString(4), r.getString(5))))
                .optional();
    }

    void insert(JdbcClient tx, UUID workspace, Version version, Instant at) {
        tx.sql("""
                insert into clocks.calendar (workspace_id, version, zone, region, week, closures, made_at)
                values (?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        workspace,
                        version.number(),
                        version.text().zone(),
                        version.text().region(),
                        version.text().week(),
                        version.text().closures(),
                        at.atOffset(ZoneOffset.UTC))
                .update();
    }
}
