package dev.averment.server.delivery;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code delivery.channel}, in the context of their workspace. */
final class ChannelStore {
    private static final RowMapper<Channel> CHANNEL = (r, _) -> new Channel(
            r.getObject("channel_id", UUID.class),
            r.getString("kind"),
            r.getString("name"),
            r.getString("state").equals("enabled"),
            Optional.ofNullable(r.getString("disabled_because")),
            r.getString("shown"),
            Optional.ofNullable(r.getObject("failing_since", OffsetDateTime.class)).map(OffsetDateTime::toInstant),
            r.getObject("made_at", OffsetDateTime.class).toInstant());

    void insert(JdbcClient jdbc, UUID workspace, Channel channel, byte[] sealed) {
        jdbc.sql("""
                insert into delivery.channel
                       (workspace_id, channel_id, kind, name, state, shown, sealed, made_at, changed_at)
                values (?, ?, ?, ?, 'enabled', ?, ?, ?, ?)""")
                .params(
                        workspace,
                        channel.id(),
                        channel.kind(),
                        channel.name(),
                        channel.shown(),
                        sealed,
                        at(channel.made()),
                        at(channel.made()))
                .update();
    }

    List<Channel> all(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("""
                        select * from delivery.channel where workspace_id = ? and state <> 'removed'
                         order by made_at, channel_id limit 200""")
                .param(workspace)
                .query(CHANNEL)
                .list();
    }

    Optional<Channel> find(JdbcClient jdbc, UUID workspace, UUID channel) {
        return jdbc.sql("""
                        select * from delivery.channel
                         where workspace_id = ? and channel_id = ? and state <> 'removed'""")
                .params(workspace, channel)
                .query(CHANNEL)
                .optional();
    }

    /** Locks the row until the transaction ends: two failures at once must not both switch it off. */
    Optional<Channel> locked(JdbcClient jdbc, UUID workspace, UUID channel) {
        return jdbc.sql("""
                        select * from delivery.channel
                         where workspace_id = ? and channel_id = ? and state <> 'removed' for update""")
                .params(workspace, channel)
                .query(CHANNEL)
                .optional();
    }

    byte[] sealed(JdbcClient jdbc, UUID workspace, UUID channel) {
        return jdbc.sql("select sealed from delivery.channel where workspace_id = ? and channel_id = ?")
                .params(workspace, channel)
                .query(byte[].class)
                .single();
    }

    void settings(JdbcClient jdbc, UUID workspace, UUID channel, String shown, byte[] sealed, Instant now) {
        jdbc.sql("""
                update delivery.channel set shown = ?, sealed = ?, changed_at = ?
                 where workspace_id = ? and channel_id = ?""").params(shown, sealed, at(now), workspace, channel).update();
    }

    void rename(JdbcClient jdbc, UUID workspace, UUID channel, String name, Instant now) {
        jdbc.sql("update delivery.channel set name = ?, changed_at = ? where workspace_id = ? and channel_id = ?")
                .params(name, at(now), workspace, channel)
                .update();
    }

    /** @param why it is switched off; null to switch it on, which forgets past failures */
    void enable(JdbcClient jdbc, UUID workspace, UUID channel, @Nullable String why, Instant now) {
        jdbc.sql("""
                update delivery.channel set state = ?, disabled_because = ?, changed_at = ?,
                       failing_since = case when ?::text is null then null else failing_since end
                 where workspace_id = ? and channel_id = ? and state <> 'removed'""")
                .params(why == null ? "enabled" : "disabled", why, at(now), why, workspace, channel)
                .update();
    }

    void failing(JdbcClient jdbc, UUID workspace, UUID channel, @Nullable Instant since) {
        jdbc.sql("update delivery.channel set failing_since = ? where workspace_id = ? and channel_id = ?")
                .params(since == null ? null : at(since), workspace, channel)
                .update();
    }

    void remove(JdbcClient jdbc, UUID workspace, UUID channel, Instant now) {
        jdbc.sql("""
                update delivery.channel set state = 'removed', sealed = '\\x', shown = 'removed', changed_at = ?
                 where workspace_id = ? and channel_id = ?""").params(at(now), workspace, channel).update();
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
