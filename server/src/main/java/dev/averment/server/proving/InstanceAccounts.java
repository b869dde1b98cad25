package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.SignInService.AccountRecords;
import dev.averment.checks.target.SignInService.MailedKind;
import dev.averment.checks.target.SignInService.MailedToken;
import dev.averment.checks.target.SignInService.Promotion;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;

/** The tables of identity, read and written as the role that signs people in: it can do no more than the server itself. */
final class InstanceAccounts implements AccountRecords {
    private static final String OF_ADDRESS = "(select a.account_id from identity.account a where a.email = ?)";

    private final DatabaseAccess access;

    InstanceAccounts(DatabaseAccess access) {
        this.access = access;
    }

    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    <T> T asAuth(Work<T> work) throws CollectException {
        try (Connection connection = access.connect(Role.AUTH.roleName())) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new CollectException(
                    "The tables of accounts can't be used (SQL state " + e.getSQLState()
                            + "); see that the server's database is up and its role for identity can connect.",
                    e);
        }
    }

    int change(String statement, Object... values) throws CollectException {
        return asAuth(c -> {
            try (PreparedStatement s = c.prepareStatement(statement)) {
                bind(s, values);
                return s.executeUpdate();
            }
        });
    }

    private static void bind(PreparedStatement s, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            s.setObject(i + 1, values[i]);
        }
    }

    UUID id(String address) throws CollectException {
        return asAuth(c -> {
                    try (PreparedStatement s = c.prepareStatement("select " + OF_ADDRESS)) {
                        s.setString(1, address);
                        try (ResultSet r = s.executeQuery()) {
                            return r.next() ? Optional.ofNullable(r.getObject(1, UUID.class)) : Optional.<UUID>empty();
                        }
                    }
                })
                .orElseThrow(
                        () -> new CollectException(
                                "The check's own account is not there; run the check again, and see what the server's log says."));
    }

    @Override
    public Optional<String> storedPassword(String address) throws CollectException {
        return asAuth(c -> {
            try (PreparedStatement s = c.prepareStatement(
                    "select p.encoded from identity.password p where p.account_id = " + OF_ADDRESS)) {
                s.setString(1, address);
                try (ResultSet r = s.executeQuery()) {
                    return r.next() ? Optional.of(r.getString(1)) : Optional.empty();
                }
            }
        });
    }

    /** What is no known form comes as the word {@code other}: nothing of it may leave the table. */
    @Override
    public Map<String, Long> storedForms() throws CollectException {
        return asAuth(c -> {
            var forms = new TreeMap<String, Long>();
            try (PreparedStatement s = c.prepareStatement("""
                            select case when p.encoded ~ '^[$]argon2(id|i|d)[$](v=[0-9]+[$])?m=[0-9]+,t=[0-9]+,p=[0-9]+[$][A-Za-z0-9+/]+[$][A-Za-z0-9+/]+$'
                                            then substring(p.encoded from '^.*,p=[0-9]+[$]') || 'salt'
                                        when p.encoded ~ '^[$]2[abxy]?[$][0-9][0-9][$][./A-Za-z0-9]{53}$'
                                            then substring(p.encoded from '^[$]2[abxy]?[$][0-9][0-9][$]') || repeat('a', 53)
                                        else 'other' end as form, count(*)
                              from identity.password p
                              join identity.account a on a.account_id = p.account_id
                             where a.email not like 'canary-%@averment.invalid'
                             group by 1""");
                    ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    forms.put(r.getString(1), r.getLong(2));
                }
            }
            return forms;
        });
    }

    @Override
    public void replaceStoredPassword(String address, String encoded) throws CollectException {
        change(
                "update identity.password set encoded = ?, set_at = set_at - interval '1 year' where account_id = "
                        + OF_ADDRESS,
                encoded,
                address);
    }

    @Override
    public void raiseRevocation(String address) throws CollectException {
        change("update identity.account set revocation = revocation + 1 where email = ?", address);
    }

    @Override
    public boolean operator(String address) throws CollectException {
        return asAuth(c -> {
            try (PreparedStatement s =
                    c.prepareStatement("select 1 from identity.account where email = ? and operator")) {
                s.setString(1, address);
                try (ResultSet r = s.executeQuery()) {
                    return r.next();
                }
            }
        });
    }

    private record Way(String name, String statement) {}

    private static final List<Way> WAYS = List.of(
            new Way("changing the mark", "update identity.account set operator = true where email = ?"),
            new Way(
                    "making an account that has it",
                    "insert into identity.account (account_id, email, name, operator)"
                            + " values (gen_random_uuid(), 'p-' || ?, 'Canary', true)"));

    @Override
    public List<Promotion> attemptPromotion(String address) throws CollectException {
        List<Promotion> attempts = new ArrayList<>();
        for (Role role : List.of(Role.APP, Role.AUTH, Role.WORKER, Role.LOG, Role.INGEST, Role.PROBE)) {
            try (Connection c = access.connect(role.roleName())) {
                c.setAutoCommit(false);
                for (Way way : WAYS) {
                    attempts.add(attempt(c, role, way, address));
                    c.rollback();
                }
            } catch (SQLException e) {
                throw new CollectException(
                        "The role " + role.roleName() + " can't connect (SQL state " + e.getSQLState()
                                + "); see that the server's database is up.",
                        e);
            }
        }
        return attempts;
    }

    /** A change that meets no row is refused all the same when the right is missing: rights are looked at first. */
    private static Promotion attempt(Connection c, Role role, Way way, String address) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(way.statement())) {
            s.setString(1, address);
            s.executeUpdate();
            return new Promotion(role.roleName(), way.name(), false, "");
        } catch (SQLException e) {
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            // 42501 is the refusal; anything else says that the statement was let through to where it broke.
            return new Promotion(role.roleName(), way.name(), state.equals("42501"), state);
        }
    }

    @Override
    public List<MailedToken> mailedTokens(String address, MailedKind kind) throws CollectException {
        return asAuth(c -> {
            List<MailedToken> tokens = new ArrayList<>();
            try (PreparedStatement s = c.prepareStatement("""
                    select t.token_hash, t.made_at, t.expires_at, t.used_at is not null
                      from identity.mailed_token t
                     where t.purpose = ? and t.account_id = (select a.account_id from identity.account a where a.email = ?)
                     order by t.made_at desc""")) {
                s.setString(1, purpose(kind));
                s.setString(2, address);
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        tokens.add(new MailedToken(
                                r.getBytes(1),
                                r.getObject(2, OffsetDateTime.class).toInstant(),
                                r.getObject(3, OffsetDateTime.class).toInstant(),
                                r.getBoolean(4)));
                    }
                }
            }
            return tokens;
        });
    }

    private static String purpose(MailedKind kind) {
        return switch (kind) {
            case VERIFICATION -> "verify-address";
            case RESET -> "reset-password";
        };
    }

    @Override
    public void keepExpired(String address, MailedKind kind, String code) throws CollectException {
        change("""
                insert into identity.mailed_token (token_hash, account_id, purpose, email, made_at, expires_at)
                select ?, a.account_id, ?, a.email, now() - interval '30 days', now() - interval '1 second'
                  from identity.account a where a.email = ?""", sha256(code), purpose(kind), address);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Column(String table, String name, boolean bytes) {}

    private static List<Column> columns(Connection c) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery("""
                        select quote_ident(n.nspname) || '.' || quote_ident(t.relname), quote_ident(a.attname),
                               a.atttypid = 'bytea'::regtype
                          from pg_attribute a
                          join pg_class t on t.oid = a.attrelid and t.relkind in ('r', 'p')
                          join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'identity'
                          join pg_type y on y.oid = a.atttypid and (y.typcategory in ('S', 'U') or y.typname = 'bytea')
                         where a.attnum > 0 and not a.attisdropped
                         order by 1, 2""")) {
            while (r.next()) {
                columns.add(new Column(r.getString(1), r.getString(2), r.getBoolean(3)));
            }
        }
        return columns;
    }

    @Override
    public List<String> placesHolding(String text) throws CollectException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return places(column -> column.bytes() ? Optional.of(bytes) : Optional.of(text));
    }

    /** {@code schema.table.column} of every place that holds {@code bytes}. */
    List<String> placesHolding(byte[] bytes) throws CollectException {
        return places(column -> column.bytes() ? Optional.of(bytes) : Optional.empty());
    }

    private List<String> places(Function<Column, Optional<Object>> sought) throws CollectException {
        return asAuth(c -> {
            List<String> places = new ArrayList<>();
            for (Column column : columns(c)) {
                Optional<Object> value = sought.apply(column);
                if (value.isPresent() && holds(c, column, value.get())) {
                    places.add(column.table() + "." + column.name());
                }
            }
            return places;
        });
    }

    private static boolean holds(Connection c, Column column, Object value) throws SQLException {
        String within = column.name() + (column.bytes() ? "" : "::text");
        try (PreparedStatement s = c.prepareStatement(
                "select 1 from " + column.table() + " where position(? in " + within + ") > 0 limit 1")) {
            s.setObject(1, value);
            try (ResultSet r = s.executeQuery()) {
                return r.next();
            }
        }
    }

    @Override
    public int columnsSearched() throws CollectException {
        return asAuth(c -> columns(c).size());
    }

    @Override
    public void delete(String address) throws CollectException {
        change("delete from identity.account where email = ?", address);
    }
}
