package dev.averment.server.identity.factor;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code identity.passkey}. */
final class PasskeyStore {
    private static final String ROW = """
            select credential_id, passkey_id, account_id, name, attestation, format, model, sign_count, backup_eligible,
                   backed_up, transports, made_at, used_at
              from identity.passkey where\s""";

    /**
     * A row.
     *
     * @param passkey     all that its owner sees; whether it is hardware is judged by who reads the attestation
     * @param attestation the attestation object of the enrolment, which holds the public key
     */
    record Row(byte[] credential, Passkey passkey, byte[] attestation, long signCount) {}

    /** False when somebody has a credential of this id. */
    boolean insert(JdbcClient jdbc, Row row) {
        Passkey passkey = row.passkey();
        return jdbc.sql("""
                        insert into identity.passkey (credential_id, passkey_id, account_id, name, attestation, format,
                               model, sign_count, backup_eligible, backed_up, transports, made_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict do nothing""")
                        .params(
                                row.credential(),
                                passkey.id(),
                                passkey.account(),
                                passkey.name(),
                                row.attestation(),
                                passkey.format(),
                                passkey.model(),
                                row.signCount(),
                                passkey.backupEligible(),
                                passkey.backedUp(),
                                String.join(
                                        " ",
                                        passkey.transports().stream().sorted().toList()),
                                passkey.made().atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    Optional<Row> find(JdbcClient jdbc, byte[] credential) {
        return jdbc.sql(ROW + "credential_id = ?")
                .param(credential)
                .query(PasskeyStore::row)
                .optional();
    }

    List<Row> of(JdbcClient jdbc, UUID account) {
        return jdbc.sql(ROW + "account_id = ? order by made_at, passkey_id limit 100")
                .param(account)
                .query(PasskeyStore::row)
                .list();
    }

    int count(JdbcClient jdbc, UUID account) {
        return jdbc.sql("select count(*) from identity.passkey where account_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }

    /**
     * Moves the counter on. False when it does not rise: another request with a newer count was faster, or this is a copy of
     * the key. Authenticators without a counter always say zero.
     */
    boolean used(JdbcClient jdbc, byte[] credential, long signCount, boolean backedUp, Instant now) {
        return jdbc.sql("""
                        update identity.passkey set sign_count = ?, backed_up = ?, used_at = ?
                         where credential_id = ? and (sign_count < ? or (sign_count = 0 and ? = 0))""")
                        .params(signCount, backedUp, now.atOffset(ZoneOffset.UTC), credential, signCount, signCount)
                        .update()
                == 1;
    }

    boolean rename(JdbcClient jdbc, UUID account, UUID passkey, String name) {
        return jdbc.sql("update identity.passkey set name = ? where account_id = ? and passkey_id = ?")
                        .params(name, account, passkey)
                        .update()
                == 1;
    }

    boolean delete(JdbcClient jdbc, UUID account, UUID passkey) {
        return jdbc.sql("delete from identity.passkey where account_id = ? and passkey_id = ?")
                        .params(account, passkey)
                        .update()
                == 1;
    }

    private static Row row(ResultSet r, int number) throws SQLException {
        String transports = r.getString("transports");
        return new Row(
                r.getBytes("credential_id"),
                new Passkey(
                        r.getObject("passkey_id", UUID.class),
                        r.getObject("account_id", UUID.class),
                        r.getString("name"),
                        r.getObject("model", UUID.class),
                        r.getString("format"),
                        r.getBoolean("backup_eligible"),
                        r.getBoolean("backed_up"),
                        false,
                        transports.isEmpty() ? Set.of() : Set.of(transports.split(" ", -1)),
                        r.getObject("made_at", OffsetDateTime.class).toInstant(),
                        Optional.ofNullable(r.getObject("used_at", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant)),
                r.getBytes("attestation"),
                r.getLong("sign_count"));
    }
}
