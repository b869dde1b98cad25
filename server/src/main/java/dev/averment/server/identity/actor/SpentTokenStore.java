package dev.averment.server.identity.actor;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.spent_actor_token}: tokens that were used and have not expired yet. */
final class SpentTokenStore {

    /** True the first time, on whichever server; what has expired is cleared away on the occasion, a little at a time. */
    boolean spend(JdbcClient jdbc, UUID token, Instant expires, Instant now) {
        jdbc.sql("""
                delete from identity.spent_actor_token
                 where token_id in (select token_id from identity.spent_actor_token
                                     where expires_at < ? limit 20 for update skip locked)""").param(now.atOffset(ZoneOffset.UTC)).update();
        return jdbc.sql("""
                        insert into identity.spent_actor_token (token_id, expires_at) values (?, ?)
                        on conflict (token_id) do nothing""").params(token, expires.atOffset(ZoneOffset.UTC)).update() == 1;
    }
}
