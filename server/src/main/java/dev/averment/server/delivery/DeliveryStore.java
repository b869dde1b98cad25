package dev.averment.server.delivery;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code delivery.delivery} and {@code delivery.attempt}, in the context of their workspace. */
final class DeliveryStore {
    private static final RowMapper<Delivery> DELIVERY = (r, _) -> new Delivery(
            r.getObject("delivery_id", UUID.class),
            r.getObject("channel_id", UUID.class),
            new Announcement(
                    r.getString("kind"),
                    r.getString("dedup_key"),
                    r.getObject("incident_id", UUID.class),
                    r.getString("severity"),
                    r.getString("title"),
                    r.getString("body"),
                    URI.create(r.getString("link")),
                    r.getObject("announced_at", OffsetDateTime.class).toInstant(),
                    json(r.getString("data"))),
            r.getString("state"),
            r.getInt("tries"),
            instant(r.getObject("next_at", OffsetDateTime.class)),
            instant(r.getObject("ended_at", OffsetDateTime.class)));

    private static final RowMapper<Delivery.Attempt> ATTEMPT = (r, _) -> new Delivery.Attempt(
            r.getInt("n"),
            r.getObject("started_at", OffsetDateTime.class).toInstant(),
            Optional.ofNullable(r.getObject("duration_ms", Integer.class)),
            Optional.ofNullable(r.getString("outcome")),
            Optional.ofNullable(r.getObject("status", Integer.class)),
            Optional.ofNullable(r.getString("snippet")),
            instant(r.getObject("next_at", OffsetDateTime.class)));

    private static Optional<Instant> instant(@Nullable OffsetDateTime at) {
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }

    private static JsonObject json(String text) {
        try {
            return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new IllegalStateException("the data of a delivery are no JSON object", e);
        }
    }

    void insert(JdbcClient jdbc, UUID workspace, UUID delivery, UUID channel, Announcement what) {
        jdbc.sql("""
                insert into delivery.delivery
                       (workspace_id, delivery_id, channel_id, incident_id, kind, dedup_key, severity, title, body, link, data,
                        announced_at, state)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending')""")
                .params(
                        workspace,
                        delivery,
                        channel,
                        what.incident(),
                        what.kind(),
                        what.dedupKey(),
                        what.severity(),
                        what.title(),
                        what.text(),
                        what.link().toString(),
                        new String(what.data().canonical(), StandardCharsets.UTF_8),
                        ChannelStore.at(what.at()))
                .update();
    }

    Optional<Delivery> locked(JdbcClient jdbc, UUID workspace, UUID delivery) {
        return jdbc.sql("select * from delivery.delivery where workspace_id = ? and delivery_id = ? for update")
                .params(workspace, delivery)
                .query(DELIVERY)
                .optional();
    }

    Optional<Delivery> find(JdbcClient jdbc, UUID workspace, UUID delivery) {
        return jdbc.sql("select * from delivery.delivery where workspace_id = ? and delivery_id = ?")
                .params(workspace, delivery)
                .query(DELIVERY)
                .optional();
    }

    /** Newest first, those before {@code before}. */
    List<Delivery> all(JdbcClient jdbc, UUID workspace, UUID before, int most) {
        return jdbc.sql("""
                        select * from delivery.delivery where workspace_id = ? and delivery_id < ?
                         order by delivery_id desc limit ?""").params(workspace, before, most).query(DELIVERY).list();
    }

    List<Delivery> ofIncident(JdbcClient jdbc, UUID workspace, UUID incident, int most) {
        return jdbc.sql("""
                        select * from delivery.delivery where workspace_id = ? and incident_id = ?
                         order by delivery_id limit ?""").params(workspace, incident, most).query(DELIVERY).list();
    }

    List<Delivery> to(JdbcClient jdbc, UUID workspace, UUID channel, int most) {
        return jdbc.sql("""
                        select * from delivery.delivery where workspace_id = ? and channel_id = ?
                         order by delivery_id desc limit ?""").params(workspace, channel, most).query(DELIVERY).list();
    }

    int testsSince(JdbcClient jdbc, UUID workspace, Instant since, UUID firstId) {
        return jdbc.sql("""
                        select count(*) from delivery.delivery
                         where workspace_id = ? and delivery_id >= ? and kind = 'test' and announced_at > ?""")
                .params(workspace, firstId, ChannelStore.at(since))
                .query(Integer.class)
                .single();
    }

    void begin(JdbcClient jdbc, UUID workspace, UUID delivery, int n, Instant now) {
        jdbc.sql("""
                update delivery.delivery set state = 'in_flight', tries = ?, next_at = null
                 where workspace_id = ? and delivery_id = ?""").params(n, workspace, delivery).update();
        jdbc.sql("insert into delivery.attempt (workspace_id, delivery_id, n, started_at) values (?, ?, ?, ?)")
                .params(workspace, delivery, n, ChannelStore.at(now))
                .update();
    }

    /** Attempts that never said how they ended: their process died. */
    void unknown(JdbcClient jdbc, UUID workspace, UUID delivery) {
        jdbc.sql("""
                update delivery.attempt set outcome = 'unknown'
                 where workspace_id = ? and delivery_id = ? and outcome is null""").params(workspace, delivery).update();
    }

    /** Says how an attempt ended; false when that was said before. */
    boolean end(JdbcClient jdbc, UUID workspace, UUID delivery, int n, Tried tried, @Nullable Instant next) {
        return jdbc.sql("""
                        update delivery.attempt set duration_ms = ?, outcome = ?, status = ?, snippet = ?, next_at = ?
                         where workspace_id = ? and delivery_id = ? and n = ? and outcome is null""")
                        .param((int) Math.min(tried.took().toMillis(), Integer.MAX_VALUE))
                        .param(tried.outcome())
                        .param(tried.status())
                        .param(tried.snippet())
                        .param(next == null ? null : ChannelStore.at(next))
                        .param(workspace)
                        .param(delivery)
                        .param(n)
                        .update()
                == 1;
    }

    void state(
            JdbcClient jdbc,
            UUID workspace,
            UUID delivery,
            String state,
            @Nullable Instant next,
            @Nullable Instant ended) {
        jdbc.sql("""
                update delivery.delivery set state = ?, next_at = ?, ended_at = ?
                 where workspace_id = ? and delivery_id = ?""")
                .param(state)
                .param(next == null ? null : ChannelStore.at(next))
                .param(ended == null ? null : ChannelStore.at(ended))
                .param(workspace)
                .param(delivery)
                .update();
    }

    /** Newest first, 100 at most: a delivery has fewer. */
    List<Delivery.Attempt> attempts(JdbcClient jdbc, UUID workspace, UUID delivery) {
        return jdbc.sql("""
                        select * from delivery.attempt
                         where workspace_id = ? and delivery_id = ? order by n desc limit 100""").params(workspace, delivery).query(ATTEMPT).list();
    }

    Map<UUID, List<Delivery.Attempt>> attempts(JdbcClient jdbc, UUID workspace, List<UUID> of) {
        var all = new HashMap<UUID, List<Delivery.Attempt>>();
        jdbc.sql("""
                select * from delivery.attempt
                 where workspace_id = :workspace and delivery_id in (:of) order by delivery_id, n desc limit 2000""")
                .param("workspace", workspace)
                .param("of", of)
                .query((r, n) -> all.computeIfAbsent(r.getObject("delivery_id", UUID.class), _ -> new ArrayList<>())
                        .add(Objects.requireNonNull(ATTEMPT.mapRow(r, n))))
                .list();
        return all;
    }
}
