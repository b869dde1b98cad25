package dev.averment.server.drill;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code drill.file}: at most one of each of five names in a demo. */
final class FileStore {

    void write(JdbcClient tx, UUID workspace, UUID demo, String name, byte[] body, Instant now) {
        tx.sql("""
                insert into drill.file (workspace_id, demo_id, name, body, digest, written_at) values (?, ?, ?, ?, ?, ?)
                on conflict (workspace_id, demo_id, name) do update
                   set body = excluded.body, digest = excluded.digest, written_at = excluded.written_at""")
                .params(workspace, demo, name, body, Work.sha256(body), now.atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<DemoFile> read(JdbcClient tx, UUID workspace, UUID demo, String name) {
        return all(tx, workspace, demo).stream()
                .filter(f -> f.name().equals(name))
                .findFirst();
    }

    List<DemoFile> all(JdbcClient tx, UUID workspace, UUID demo) {
        return tx.sql("""
                select name, body, digest, written_at from drill.file
                 where workspace_id = ? and demo_id = ? order by name""")
                .params(workspace, demo)
                .query((r, _) -> new DemoFile(
                        r.getString(1),
                        r.getBytes(2),
                        r.getBytes(3),
                        r.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
    }

    void delete(JdbcClient tx, UUID workspace, UUID demo, String name) {
        tx.sql("delete from drill.file where workspace_id = ? and demo_id = ? and name = ?")
                .params(workspace, demo, name)
                .update();
    }

    /** Turns one bit of a stored file over, and leaves its digest as it was. */
    void spoil(JdbcClient tx, UUID workspace, UUID demo, String name) {
        tx.sql("""
                update drill.file set body = set_bit(body, 3, 1 - get_bit(body, 3))
                 where workspace_id = ? and demo_id = ? and name = ?""").params(workspace, demo, name).update();
    }
}
