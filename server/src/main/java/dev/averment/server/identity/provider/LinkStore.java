package dev.averment.server.identity.provider;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.provider_link}. */
final class LinkStore {
    private static final String LINK =
            "select link_id, account_id, issuer, label, made_at, used_at from identity.provider_link where ";

    void insert(JdbcClient jdbc, UUID id, UUID account, ProviderIdentity who, Instant now) {
        jdbc.sql("""
                insert into identity.provider_link (link_id, account_id, issuer, subject, label, made_at)
                values (?, ?, ?, ?, ?, ?)""")
                .params(Arrays.asList(
                        id,
                        account,
                        who.issuer(),
                        who.subject(),
                        who.email().orElse(null),
                        now.atOffset(ZoneOffset.UTC)))
                .update();
    }

    Optional<Link> find(JdbcClient jdbc, String issuer, String subject) {
        return jdbc.sql(LINK + "issuer = ? and subject = ?")
                .params(issuer, subject)
                .query(LinkStore::link)
                .optional();
    }

    /** As {@link #find}; whoever wants to remove it waits until this transaction is over. */
    Optional<Link> lock(JdbcClient jdbc, String issuer, String subject) {
        return jdbc.sql(LINK + "issuer = ? and subject = ? for update")
                .params(issuer, subject)
                .query(LinkStore::link)
                .optional();
    }

    List<Link> of(JdbcClient jdbc, UUID account) {
        return jdbc.sql(LINK + "account_id = ? order by made_at, link_id")
                .param(account)
                .query(LinkStore::link)
                .list();
    }

    void used(JdbcClient jdbc, UUID id, Instant now) {
        jdbc.sql("update identity.provider_link set used_at = ? where link_id = ?")
                .params(now.atOffset(ZoneOffset.UTC), id)
                .update();
    }

    boolean delete(JdbcClient jdbc, UUID account, UUID id) {
        return jdbc.sql("delete from identity.provider_link where account_id = ? and link_id = ?")
                        .params(account, id)
                        .update()
                == 1;
    }

    private static Link link(ResultSet r, int number) throws SQLException {
        return new Link(
                r.getObject("link_id", UUID.class),
                r.getObject("account_id", UUID.class),
                r.getString("issuer"),
                Optional.ofNullable(r.getString("label")),
                r.getObject("made_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(r.getObject("used_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant));
    }
}
