package dev.averment.server.delivery;

import dev.averment.server.delivery.Inbox.Received;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code delivery.inbox}. Ids of deliveries are in the order in which they were made. */
final class InboxStore {

    void insert(JdbcClient tx, UUID workspace, UUID channel, Received message, int keep) {
        tx.sql("""
                insert into delivery.inbox (workspace_id, channel_id, delivery_id, title, body, received_at)
                values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        workspace,
                        channel,
                        message.delivery(),
                        message.title(),
                        message.text(),
                        message.at().atOffset(ZoneOffset.UTC))
                .update();
        tx.sql("""
                delete from delivery.inbox where workspace_id = ? and channel_id = ? and delivery_id in (
                       select delivery_id from delivery.inbox
                        where workspace_id = ? and channel_id = ? order by delivery_id desc offset ?)""").params(workspace, channel, workspace, channel, keep).update();
    }

    List<Received> of(JdbcClient tx, UUID workspace, UUID channel, int most) {
        return tx.sql("""
                select delivery_id, title, body, received_at from delivery.inbox
                 where workspace_id = ? and channel_id = ? order by delivery_id desc limit ?""")
                .params(workspace, channel, most)
                .query((r, _) -> new Received(
                        r.getObject(1, UUID.class),
                        r.getString(2),
                        r.getString(3),
                        r.getObject(4, OffsetDateTime.class).toInstant()))
                .list();
    }

    void empty(JdbcClient tx, UUID workspace, UUID channel) {
        tx.sql("delete from delivery.inbox where workspace_id = ? and channel_id = ?")
                .params(workspace, channel)
                .update();
    }
}
