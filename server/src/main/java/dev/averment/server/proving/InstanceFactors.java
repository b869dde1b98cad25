package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.FactorService;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.identity.ShownToChecks;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Second factors as the tables of identity hold them. Operators are made as an administrator makes them, and in no other way. */
final class InstanceFactors implements FactorService {
    /** Accounts of other looks, which last for seconds; one that is older than this was not made by a check. */
    private static final String OF_A_CHECK =
            "a.email like 'canary-%@averment.invalid'" + " and a.created_at > now() - interval '10 minutes'";

    private final DatabaseAccess access;
    private final InstanceAccounts accounts;
    private final DataFolder data;
    private final String page;

    /** @param page id of the operator's page */
    InstanceFactors(DatabaseAccess access, InstanceAccounts accounts, DataFolder data, String page) {
        this.access = access;
        this.accounts = accounts;
        this.data = data;
        this.page = page;
    }

    @Override
    public FactorPaths paths() {
        return FactorPaths.OURS;
    }

    @Override
    public String operated() {
        return "/api/v1/pages/" + page;
    }

    @Override
    public void promote(String address) throws CollectException {
        try (Connection c = access.connect(access.administrator());
                PreparedStatement s = c.prepareStatement(
                        "update identity.account a set operator = true where a.email = ? and " + OF_A_CHECK)) {
            s.setString(1, address);
            if (s.executeUpdate() != 1) {
                throw new CollectException(
                        "The check's own account is not there to be made an operator; run the check again.");
            }
        } catch (SQLException e) {
            if ("42501".equals(e.getSQLState())) {
                throw new CollectException(
                        "The database's administrator may not make the check's own account an operator (SQL state 42501, a"
                                + " lacking privilege): row-level security binds it. It takes a superuser or a role with"
                                + " BYPASSRLS, which another claim counts as a fault; without one this check stays unproven.",
                        e);
            }
            throw new CollectException(
                    "The database's administrator can't make the check's own account an operator (SQL state "
                            + e.getSQLState() + "); see that the database can be reached and that its"
                            + " credential is right.",
                    e);
        }
    }

    private static final class Counts {
        long apps;
        long passkeys;
        long hardware;
    }

    private record Passkey(String account, byte[] attestation, Instant made) {}

    @Override
    public List<Operator> operators() throws CollectException {
        Map<String, Counts> counts = new LinkedHashMap<>();
        List<Passkey> passkeys = accounts.asAuth(c -> {
            try (PreparedStatement s = c.prepareStatement("""
                    select a.account_id, (select count(*) from identity.totp t
                                           where t.account_id = a.account_id and t.confirmed_at is not null)
                      from identity.account a
                     where a.operator and a.disabled_at is null and not (%s)
                     order by 1""".formatted(OF_A_CHECK));
                    ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    var has = new Counts();
                    has.apps = r.getLong(2);
                    counts.put(r.getString(1), has);
                }
            }
            return passkeys(c);
        });
        for (Passkey passkey : passkeys) {
            Counts has = counts.get(passkey.account());
            if (has != null) {
                has.passkeys++;
                has.hardware += hardware(passkey) ? 1 : 0;
            }
        }
        return counts.entrySet().stream()
                .map(e -> new Operator(e.getKey(), e.getValue().apps, e.getValue().passkeys, e.getValue().hardware))
                .toList();
    }

    private static List<Passkey> passkeys(Connection c) throws SQLException {
        List<Passkey> all = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement("""
                select p.account_id, p.attestation, p.made_at
                  from identity.passkey p join identity.account a using (account_id)
                 where a.operator""");
                ResultSet r = s.executeQuery()) {
            while (r.next()) {
                all.add(new Passkey(
                        r.getString(1),
                        r.getBytes(2),
                        r.getObject(3, OffsetDateTime.class).toInstant()));
            }
        }
        return all;
    }

    private boolean hardware(Passkey passkey) throws CollectException {
        try {
            return ShownToChecks.hardware(data, passkey.attestation(), passkey.made());
        } catch (IOException e) {
            throw new CollectException(
                    "The certificates of manufacturers in the data folder can't be read: " + e.getMessage(), e);
        }
    }

    @Override
    public byte[] storedSeed(String address) throws CollectException {
        List<byte[]> seeds = ofAccount(
                "select t.seed from identity.totp t join identity.account a using (account_id) where a.email = ?",
                address);
        return seeds.isEmpty() ? new byte[0] : seeds.getFirst();
    }

    private List<byte[]> ofAccount(String query, String address) throws CollectException {
        return accounts.asAuth(c -> {
            try (PreparedStatement s = c.prepareStatement(query)) {
                s.setString(1, address);
                try (ResultSet r = s.executeQuery()) {
                    List<byte[]> all = new ArrayList<>();
                    while (r.next()) {
                        all.add(r.getBytes(1));
                    }
                    return all;
                }
            }
        });
    }

    @Override
    public List<KeptCode> keptCodes(String address, List<String> codes) throws CollectException {
        Set<String> kept = new TreeSet<>();
        for (byte[] digest : ofAccount("""
                select r.code_hash from identity.recovery_code r join identity.account a using (account_id)
                 where a.email = ?""", address)) {
            kept.add(HexFormat.of().formatHex(digest));
        }
        UUID account = accounts.id(address);
        return codes.stream()
                .map(code -> HexFormat.of().formatHex(ShownToChecks.recoveryCodeDigest(account, code)))
                .map(digest -> kept.contains(digest) ? KeptCode.SHA_256 : KeptCode.UNKNOWN)
                .toList();
    }

    @Override
    public List<String> placesHolding(byte[] bytes) throws CollectException {
        return accounts.placesHolding(bytes);
    }
}
