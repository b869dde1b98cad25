package dev.averment.server.evidence;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code evidence.disclosure} that hold a value, and of {@code evidence.subject_key}. */
final class DisclosureStore {

    record Row(UUID subject, byte[] ciphertext) {}

    void insert(JdbcClient jdbc, UUID workspace, UUID leaf, String path, UUID subject, byte[] salt, byte[] ciphertext) {
        jdbc.sql("""
                insert into evidence.disclosure (workspace_id, leaf_id, path, subject_id, salt, ciphertext)
                values (?, ?, ?, ?, ?, ?)""").params(workspace, leaf, path, subject, salt, ciphertext).update();
    }

    Optional<Row> find(JdbcClient jdbc, UUID workspace, UUID leaf, String path) {
        return jdbc.sql("""
                select subject_id, ciphertext from evidence.disclosure
                 where workspace_id = ? and leaf_id = ? and path = ? and ciphertext is not null""")
                .params(workspace, leaf, path)
                .query((r, _) -> new Row(r.getObject(1, UUID.class), r.getBytes(2)))
                .optional();
    }

    Optional<byte[]> wrapped(JdbcClient jdbc, UUID workspace, UUID subject) {
        return jdbc.sql("select wrapped from evidence.subject_key where workspace_id = ? and subject_id = ?")
                .params(workspace, subject)
                .query(byte[].class)
                .optional();
    }

    /** Inserts the key, or returns the one that is there. */
    byte[] keep(JdbcClient jdbc, UUID workspace, UUID subject, byte[] wrapped) {
        jdbc.sql("""
                insert into evidence.subject_key (workspace_id, subject_id, wrapped) values (?, ?, ?)
                on conflict (workspace_id, subject_id) do nothing""").params(workspace, subject, wrapped).update();
        return wrapped(jdbc, workspace, subject).orElse(wrapped);
    }

    void erase(JdbcClient jdbc, UUID workspace, UUID subject) {
        jdbc.sql("delete from evidence.disclosure where workspace_id = ? and subject_id = ?")
                .params(workspace, subject)
                .update();
        jdbc.sql("delete from evidence.subject_key where workspace_id = ? and subject_id = ?")
                .params(workspace, subject)
                .update();
    }
}
