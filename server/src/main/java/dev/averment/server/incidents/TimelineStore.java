package dev.averment.server.incidents;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code incidents.entry}: the timeline of each incident, which is only added to. */
final class TimelineStore {
    private static final int LONGEST = 4000;

    /**
     * A line of a timeline.
     *
     * @param place    counts from 1, without gaps
     * @param actor    {@code type:id}
     * @param kind     such as {@code opened}, {@code acknowledged}, {@code told}
     * @param evidence path of what it rests on, such as {@code runs/UUID}; empty for none
     */
    record Entry(int place, Instant at, String actor, String kind, String text, String evidence) {}

    /** Adds a line; whoever adds holds the incident's lock. */
    void add(
            JdbcClient tx,
            UUID workspace,
            UUID incident,
            Instant at,
            String actor,
            String kind,
            String text,
            String evidence) {
        tx.sql("""
                insert into incidents.entry (workspace_id, incident_id, place, at, actor, kind, text, evidence)
                select ?, ?, coalesce(max(place), 0) + 1, ?, ?, ?, ?, ? from incidents.entry
                 where workspace_id = ? and incident_id = ?""")
                .params(
                        workspace,
                        incident,
                        at.atOffset(ZoneOffset.UTC),
                        actor,
                        kind,
                        text.length() > LONGEST ? text.substring(0, LONGEST) : text,
                        evidence,
                        workspace,
                        incident)
                .update();
    }

    /** In order, after a place. */
    List<Entry> after(JdbcClient tx, UUID workspace, UUID incident, int place, int most) {
        return tx.sql("""
                select place, at, actor, kind, text, evidence from incidents.entry
                 where workspace_id = ? and incident_id = ? and place > ? order by place limit ?""")
                .params(workspace, incident, place, most)
                .query((r, _) -> new Entry(
                        r.getInt(1),
                        r.getObject(2, OffsetDateTime.class).toInstant(),
                        r.getString(3),
                        r.getString(4),
                        r.getString(5),
                        r.getString(6)))
                .list();
    }
}
