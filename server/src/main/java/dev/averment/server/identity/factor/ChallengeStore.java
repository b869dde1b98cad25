package dev.averment.server.identity.factor;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.challenge}. */
final class ChallengeStore {

    void insert(
            JdbcClient jdbc,
            byte[] hash,
            String purpose,
            @Nullable UUID account,
            @Nullable UUID session,
            Instant now,
            Instant expires) {
        jdbc.sql("delete from identity.challenge where expires_at < ?")
                .param(now.atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("""
                insert into identity.challenge (challenge_hash, purpose, account_id, session_id, expires_at)
                values (?, ?, cast(? as uuid), cast(? as uuid), ?)""")
                .params(Arrays.asList(hash, purpose, account, session, expires.atOffset(ZoneOffset.UTC)))
                .update();
    }

    /** Takes a challenge away; false when there is none for just this purpose, account and session. */
    boolean take(
            JdbcClient jdbc, byte[] hash, String purpose, @Nullable UUID account, @Nullable UUID session, Instant now) {
        return jdbc.sql("""
                        delete from identity.challenge
                         where challenge_hash = ? and purpose = ? and expires_at > ?
                           and account_id is not distinct from cast(? as uuid)
                           and session_id is not distinct from cast(? as uuid)""")
                        .params(Arrays.asList(hash, purpose, now.atOffset(ZoneOffset.UTC), account, session))
                        .update()
                == 1;
    }
}
