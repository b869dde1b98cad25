package dev.averment.server.drill;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code drill.demo} and {@code drill.workflow}. */
final class DemoStore {
    private static final String COLUMNS =
            "demo_id, channel_id, mend_after, made_at, until, asleep, broken_at, mends_at, mended_at";

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Optional<Instant> at(ResultSet r, int column) throws SQLException {
        return Optional.ofNullable(r.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    private static Demo demo(ResultSet r) throws SQLException {
        return new Demo(
                r.getObject(1, UUID.class),
                r.getObject(2, UUID.class),
                Duration.ofSeconds(r.getInt(3)),
                at(r, 4).orElseThrow(),
                at(r, 5).orElseThrow(),
                r.getBoolean(6),
                at(r, 7),
                at(r, 8),
                at(r, 9));
    }

    Optional<Demo> find(JdbcClient tx, UUID workspace) {
        return tx.sql("select " + COLUMNS + " from drill.demo where workspace_id = ? and removed_at is null")
                .param(workspace)
                .query((r, _) -> demo(r))
                .optional();
    }

    /** As {@link #find}, and keeps others from changing it until the transaction ends. */
    Optional<Demo> lock(JdbcClient tx, UUID workspace) {
        return tx.sql("select " + COLUMNS + " from drill.demo where workspace_id = ? and removed_at is null for update")
                .param(workspace)
                .query((r, _) -> demo(r))
                .optional();
    }

    /** @return false when the workspace has one already */
    boolean insert(JdbcClient tx, UUID workspace, Demo demo) {
        return tx.sql("""
                        insert into drill.demo (workspace_id, demo_id, channel_id, mend_after, made_at, until, asleep)
                        values (?, ?, ?, ?, ?, ?, false) on conflict do nothing""")
                        .params(
                                workspace,
                                demo.id(),
                                demo.channel(),
                                (int) demo.mendAfter().toSeconds(),
                                at(demo.made()),
                                at(demo.until()))
                        .update()
                == 1;
    }

    void mendAfter(JdbcClient tx, UUID workspace, UUID demo, Duration time) {
        tx.sql("update drill.demo set mend_after = ? where workspace_id = ? and demo_id = ?")
                .params((int) time.toSeconds(), workspace, demo)
                .update();
    }

    void awake(JdbcClient tx, UUID workspace, UUID demo, Instant until) {
        tx.sql("update drill.demo set asleep = false, until = ? where workspace_id = ? and demo_id = ?")
                .params(at(until), workspace, demo)
                .update();
    }

    void asleep(JdbcClient tx, UUID workspace, UUID demo) {
        tx.sql("update drill.demo set asleep = true where workspace_id = ? and demo_id = ?")
                .params(workspace, demo)
                .update();
    }

    void broken(JdbcClient tx, UUID workspace, UUID demo, Instant broken, Instant mends) {
        tx.sql("""
                update drill.demo set broken_at = ?, mends_at = ?, mended_at = null
                 where workspace_id = ? and demo_id = ?""").params(at(broken), at(mends), workspace, demo).update();
    }

    void mended(JdbcClient tx, UUID workspace, UUID demo, Instant mended) {
        tx.sql("update drill.demo set mended_at = ? where workspace_id = ? and demo_id = ?")
                .params(at(mended), workspace, demo)
                .update();
    }

    /** Takes away all but the fact that it was there. */
    void remove(JdbcClient tx, UUID workspace, UUID demo, Instant removed) {
        tx.sql("delete from drill.file where workspace_id = ? and demo_id = ?")
                .params(workspace, demo)
                .update();
        tx.sql("delete from drill.workflow where workspace_id = ? and demo_id = ?")
                .params(workspace, demo)
                .update();
        tx.sql("update drill.demo set removed_at = ? where workspace_id = ? and demo_id = ?")
                .params(at(removed), workspace, demo)
                .update();
    }

    void watched(JdbcClient tx, UUID workspace, UUID demo, Workflow workflow, UUID monitor) {
        tx.sql("insert into drill.workflow (workspace_id, demo_id, name, monitor_id) values (?, ?, ?, ?)")
                .params(workspace, demo, workflow.word(), monitor)
                .update();
    }

    private record Row(String name, UUID monitor) {}

    /** The monitor of each workflow. */
    Map<Workflow, UUID> monitors(JdbcClient tx, UUID workspace, UUID demo) {
        var all = new EnumMap<Workflow, UUID>(Workflow.class);
        tx.sql("select name, monitor_id from drill.workflow where workspace_id = ? and demo_id = ?")
                .params(workspace, demo)
                .query((r, _) -> new Row(r.getString(1), r.getObject(2, UUID.class)))
                .list()
                .forEach(row -> Workflow.of(row.name()).ifPresent(w -> all.put(w, row.monitor())));
        return all;
    }
}
