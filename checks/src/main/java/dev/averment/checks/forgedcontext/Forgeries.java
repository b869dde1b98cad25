package dev.averment.checks.forgedcontext;

import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Attempt;
import dev.averment.checks.postgres.TenantTable;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The attempts, each in a transaction that is rolled back. {@code rows} are the rows of a workspace that was not entered. */
final class Forgeries {
    static final String PLAIN = "another workspace set outright, no seal";
    static final String OWN_SEAL = "another workspace set, own seal kept";
    static final String ALTERED = "another workspace set, seal altered";
    static final String REPLAYED = "seal of another connection replayed";
    static final String OVERRIDDEN = "context left on the session, then a workspace entered";
    static final String LEFT_OVER = "context left on a pooled connection";
    static final String KEY = "sealing key read";

    private final Database database;
    private final Database.ContextSettings context;
    private final TenantTable table;
    private final List<Subject> attempts = new ArrayList<>();

    /** @param table one that shows a row of each canary in its own context */
    Forgeries(Database database, Database.ContextSettings context, TenantTable table) {
        this.database = database;
        this.context = context;
        this.table = table;
    }

    List<Subject> all() throws SQLException {
        UUID a = database.canaries().a();
        UUID b = database.canaries().b();
        try (Connection mine = database.connect(Database.Role.RUNTIME);
                Connection other = database.connect(Database.Role.RUNTIME)) {
            reach(PLAIN, mine, c -> set(c, b.toString(), "", true), b);
            reach(
                    OWN_SEAL,
                    mine,
                    c -> {
                        database.enter(c, a);
                        set(c, b.toString(), read(c, context.seal()), true);
                    },
                    b);
            String mineForB = sealOf(mine, b);
            reach(ALTERED, mine, c -> entered(c, b, altered(mineForB)), b);
            String otherForB = sealOf(other, b);
            reach(REPLAYED, mine, c -> entered(c, b, otherForB), b);
            overridden(mine, a, b);
            readKeys(mine);
        }
        leftOver(a);
        return attempts;
    }

    /**
     * Everything that belongs to a context of that workspace (who acts, too, where the application keeps it), but under
     * another seal: nothing but the seal may be what is refused.
     */
    private void entered(Connection connection, UUID workspace, String seal) throws SQLException {
        database.enter(connection, workspace);
        set(connection, workspace.toString(), seal, true);
    }

    private void reach(String name, Connection connection, Attempt.Before forgery, UUID workspace) throws SQLException {
        record(name, Attempt.of(connection, forgery, count(), workspace));
    }

    /** The session keeps a good context of B; a borrower enters A properly, and must see nothing of B. */
    private void overridden(Connection connection, UUID a, UUID b) throws SQLException {
        try {
            leave(connection, b);
            reach(OVERRIDDEN, connection, c -> database.enter(c, a), b);
        } finally {
            connection.setAutoCommit(false);
            set(connection, "", "", false);
            connection.commit();
        }
    }

    /**
     * Leaves a good context of canary A on a pooled connection, gives it back, and asks again without a workspace. What is
     * left on a connection that the pool then keeps to itself are canary rows only, and it is taken off again when seen.
     */
    private void leftOver(UUID a) throws SQLException {
        Optional<Database.Pool> given = database.pool();
        if (given.isEmpty()) {
            attempts.add(
                    new Subject(LEFT_OVER, Map.of("made", false, "refused", false, "rows", 0L, "sqlState", "none")));
            return;
        }
        try (Database.Pool pool = given.get()) {
            leftOver(a, pool);
        }
    }

    private void leftOver(UUID a, Database.Pool pool) throws SQLException {
        int poisoned;
        try (Connection borrowed = pool.withoutWorkspace()) {
            poisoned = pid(borrowed);
            leave(borrowed, a);
        }
        List<Connection> held = new ArrayList<>();
        try {
            // A pool hands out its connections in an order of its own: hold each until the same one comes round.
            for (int i = 0; i < 8; i++) {
                Connection next = pool.withoutWorkspace();
                held.add(next);
                if (pid(next) == poisoned) {
                    Attempt.Outcome seen;
                    try {
                        seen = new Attempt.Outcome(Attempt.run(next, count(), a), null);
                    } catch (SQLException refused) {
                        seen = new Attempt.Outcome(0, refused.getSQLState());
                    }
                    next.rollback();
                    set(next, "", "", false);
                    next.commit();
                    record(LEFT_OVER, seen);
                    return;
                }
            }
            // The pool threw the connection away rather than lend it again, which is as good.
            record(LEFT_OVER, new Attempt.Outcome(0, null));
        } finally {
            for (Connection connection : held) {
                connection.rollback();
                connection.close();
            }
        }
    }

    /** Enters properly, then makes the context outlive the transaction. */
    private void leave(Connection connection, UUID workspace) throws SQLException {
        connection.setAutoCommit(false);
        database.enter(connection, workspace);
        set(connection, read(connection, Optional.of(context.workspace())), read(connection, context.seal()), false);
        connection.commit();
    }

    private void readKeys(Connection connection) throws SQLException {
        for (String key : context.keyTables()) {
            int dot = key.indexOf('.');
            String quoted = dot < 0
                    ? TenantTable.quote(key)
                    : TenantTable.quote(key.substring(0, dot)) + "." + TenantTable.quote(key.substring(dot + 1));
            Attempt.Outcome outcome =
                    Attempt.of(connection, Attempt.NO_CONTEXT, "select count(*) from (select * from " + quoted + ") k");
            // Reading nothing from a table that may be read is no refusal: the right is the hole.
            attempts.add(subject(KEY + " (" + key + ")", outcome.refused(), outcome));
        }
    }

    private void record(String name, Attempt.Outcome outcome) {
        attempts.add(subject(name, outcome.rows() == 0 && !outcome.broken(), outcome));
    }

    private static Subject subject(String name, boolean refused, Attempt.Outcome outcome) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("made", !outcome.broken());
        facts.put("refused", refused);
        facts.put("rows", outcome.rows());
        facts.put("sqlState", outcome.state());
        return new Subject(name, facts);
    }

    private String sealOf(Connection connection, UUID workspace) throws SQLException {
        connection.setAutoCommit(false);
        try {
            database.enter(connection, workspace);
            return read(connection, context.seal());
        } finally {
            connection.rollback();
        }
    }

    /** The same length and alphabet, one character off. */
    private static String altered(String seal) {
        if (seal.isEmpty()) {
            return "0";
        }
        char last = seal.charAt(seal.length() - 1);
        return seal.substring(0, seal.length() - 1) + (last == '0' ? '1' : '0');
    }

    private String count() {
        return "select count(*) from " + table.sql() + " where " + table.tenantSql() + " = ?";
    }

    private void set(Connection connection, String workspace, String seal, boolean local) throws SQLException {
        setting(connection, context.workspace(), workspace, local);
        if (context.seal().isPresent()) {
            setting(connection, context.seal().get(), seal, local);
        }
    }

    private static void setting(Connection connection, String name, String value, boolean local) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select set_config(?, ?, ?)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.setBoolean(3, local);
            statement.execute();
        }
    }

    private static String read(Connection connection, Optional<String> setting) throws SQLException {
        if (setting.isEmpty()) {
            return "";
        }
        try (PreparedStatement statement =
                connection.prepareStatement("select coalesce(current_setting(?, true), '')")) {
            statement.setString(1, setting.get());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return Math.toIntExact(Attempt.run(connection, "select pg_backend_pid()"));
    }
}
