package dev.averment.checks.forgedcontext;

import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Attempt;
import dev.averment.checks.postgres.TenantTable;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** The attempts, each in a transaction that is rolled back. {@code rows} are the rows of a workspace that was not entered. */
final class Forgeries {
    static final String PLAIN = "another workspace set outright, no seal";
    static final String OWN_SEAL = "another workspace set, own seal kept";
    static final String ALTERED = "another workspace set, seal altered";
    static final String REPLAYED = "seal of another connection replayed";
    static final String EARLIER = "context of an earlier transaction set again";
    static final String OVERRIDDEN = "context left on the session, then a workspace entered";
    static final String LEFT_OVER = "context left on a pooled connection";
    static final String OTHERS = "workspaces of others, set and sealed wrongly";
    static final String KEY = "sealing key read";

    /** So many tables are counted for each of {@link Database#others()}. */
    private static final int COUNTED = 40;

    private final Database database;
    private final Database.ContextSettings context;
    private final TenantTable table;
    private final List<TenantTable> tables;
    private final List<Subject> attempts = new ArrayList<>();

    /**
     * @param table  one that shows a row of each canary in its own context
     * @param tables every tenant table
     */
    Forgeries(Database database, Database.ContextSettings context, TenantTable table, List<TenantTable> tables) {
        this.database = database;
        this.context = context;
        this.table = table;
        this.tables = tables;
    }

    /** What a context looks like from inside: the values of its settings. */
    private record Context(String workspace, String seal) {}

    List<Subject> all() throws SQLException {
        UUID a = database.canaries().a();
        UUID b = database.canaries().b();
        try (Connection mine = database.connect(Database.Role.RUNTIME);
                Connection other = database.connect(Database.Role.RUNTIME)) {
            Context earlier = contextOf(mine, b);
            Context elsewhere = contextOf(other, b);
            reach(PLAIN, mine, List.of(c -> set(c, new Context(earlier.workspace(), ""), true)));
            List<Attempt.Before> ownSeal = new ArrayList<>(List.of(c -> {
                database.enter(c, a);
                setting(c, context.workspace(), earlier.workspace(), true);
            }));
            List<Attempt.Before> altered = new ArrayList<>();
            List<Attempt.Before> replayed =
                    new ArrayList<>(List.of(c -> set(c, elsewhere, true), c -> entered(c, b, elsewhere)));
            if (context.seal().isPresent()) {
                altered.add(c -> entered(c, b, new Context(earlier.workspace(), altered(earlier.seal()))));
            }
            database.sealing().ifPresent(sealing -> {
                ownSeal.add(c -> sealing.enter(c, b, sealing.seal(c, a)));
                altered.add(c -> sealing.enter(c, b, altered(sealing.seal(c, b))));
                replayed.add(c -> sealing.enter(c, b, sealing.seal(other, b)));
            });
            reach(OWN_SEAL, mine, ownSeal);
            // Where nothing is sealed there is nothing to alter, and the context alone must be refused.
            reach(ALTERED, mine, altered.isEmpty() ? List.of(c -> set(c, earlier, true)) : altered);
            reach(REPLAYED, mine, replayed);
            reach(EARLIER, mine, List.of(c -> set(c, earlier, true), c -> entered(c, b, earlier)));
            overridden(mine, a, b);
            others(mine, other, a, b, earlier);
            readKeys(mine);
        }
        leftOver(a);
        return attempts;
    }

    /**
     * Everything that belongs to a context of that workspace (who acts, too, where the application keeps it), with what
     * was taken from another context on top: nothing but that may be what is refused.
     */
    private void entered(Connection connection, UUID workspace, Context taken) throws SQLException {
        database.enter(connection, workspace);
        set(connection, taken, true);
    }

    /** Makes each forgery in a transaction of its own; the first that came through, or broke, speaks for all. */
    private void reach(String name, Connection connection, List<Attempt.Before> forgeries) throws SQLException {
        Attempt.Outcome said = new Attempt.Outcome(0, null);
        for (Attempt.Before forgery : forgeries) {
            said = Attempt.of(connection, forgery, count(), database.canaries().a());
            if (said.rows() > 0 || said.broken()) {
                break;
            }
        }
        record(name, said);
    }

    /**
     * The same against workspaces that are somebody's: the context of one is what B's is, with the other id in it. None is
     * entered under a seal that fits, and what would show is counted.
     */
    private void others(Connection mine, Connection other, UUID a, UUID b, Context ofB) throws SQLException {
        List<UUID> workspaces = database.others();
        if (workspaces.isEmpty()) {
            return;
        }
        Attempt.Outcome said = new Attempt.Outcome(0, null);
        for (UUID workspace : workspaces) {
            String named =
                    ofB.workspace().replace(b.toString(), workspace.toString()).replace(hex(b), hex(workspace));
            List<Attempt.Before> forgeries = new ArrayList<>();
            forgeries.add(c -> set(c, new Context(named, ""), true));
            forgeries.add(c -> set(c, new Context(named, ofB.seal()), true));
            forgeries.add(c -> {
                database.enter(c, a);
                setting(c, context.workspace(), named, true);
            });
            database.sealing().ifPresent(sealing -> {
                forgeries.add(c -> sealing.enter(c, workspace, new byte[0]));
                forgeries.add(c -> sealing.enter(c, workspace, sealing.seal(c, a)));
                forgeries.add(c -> sealing.enter(c, workspace, altered(sealing.seal(c, workspace))));
                forgeries.add(c -> sealing.enter(c, workspace, sealing.seal(other, workspace)));
            });
            List<TenantTable> readable =
                    tables.stream().filter(TenantTable::select).limit(COUNTED).toList();
            String counted = readable.stream()
                    .map(t -> "(select count(*) from (select 1 from " + t.sql() + " where " + t.tenantSql()
                            + " = ? limit 100) r)")
                    .collect(Collectors.joining(" + ", "select ", ""));
            Object[] values = readable.stream().map(_ -> workspace).toArray();
            for (Attempt.Before forgery : forgeries) {
                said = Attempt.of(mine, forgery, counted, values);
                if (said.rows() > 0 || said.broken()) {
                    record(OTHERS, said);
                    return;
                }
            }
        }
        record(OTHERS, said);
    }

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }

    /** The session keeps a good context of B; a borrower enters A properly, and must see nothing of B. */
    private void overridden(Connection connection, UUID a, UUID b) throws SQLException {
        boolean left = leave(connection, b);
        try {
            reach(OVERRIDDEN, connection, List.of(c -> database.enter(c, a)));
        } finally {
            clear(connection, left);
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
        boolean left;
        try (Connection borrowed = pool.withoutWorkspace()) {
            poisoned = pid(borrowed);
            left = leave(borrowed, a);
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
                        seen = new Attempt.Outcome(Attempt.run(next, countOwn(), a), null);
                    } catch (SQLException refused) {
                        seen = new Attempt.Outcome(0, refused.getSQLState());
                    }
                    next.rollback();
                    clear(next, left);
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

    /**
     * Enters properly, then makes the context outlive the transaction, which commits either way.
     *
     * @return false when the settings could not be made to stay
     */
    private boolean leave(Connection connection, UUID workspace) throws SQLException {
        connection.setAutoCommit(false);
        database.enter(connection, workspace);
        Context mine = read(connection);
        Savepoint entered = connection.setSavepoint();
        boolean left = true;
        try {
            set(connection, mine, false);
        } catch (SQLException refused) {
            if (!Attempt.REFUSED.equals(refused.getSQLState())) {
                throw refused;
            }
            connection.rollback(entered);
            left = false;
        }
        connection.commit();
        return left;
    }

    private void clear(Connection connection, boolean left) throws SQLException {
        if (left) {
            connection.setAutoCommit(false);
            set(connection, new Context("", ""), false);
            connection.commit();
        }
    }

    /** The whole table, and each column by itself: a right to one column is no right to the table, and enough for a key. */
    private void readKeys(Connection connection) throws SQLException {
        for (String key : context.keyTables()) {
            int dot = key.indexOf('.');
            String quoted = dot < 0
                    ? TenantTable.quote(key)
                    : TenantTable.quote(key.substring(0, dot)) + "." + TenantTable.quote(key.substring(dot + 1));
            Attempt.Outcome outcome =
                    Attempt.of(connection, Attempt.NO_CONTEXT, "select count(*) from (select * from " + quoted + ") k");
            for (String column : columns(key)) {
                if (outcome.refused()) {
                    outcome = Attempt.of(
                            connection,
                            Attempt.NO_CONTEXT,
                            "select count(k." + TenantTable.quote(column) + ") from " + quoted + " k");
                }
            }
            // Reading nothing from a table that may be read is no refusal: the right is the hole.
            attempts.add(subject(KEY + " (" + key + ")", outcome.refused(), outcome));
        }
    }

    private List<String> columns(String table) throws SQLException {
        try (Connection probe = database.connect(Database.Role.PROBE);
                PreparedStatement statement = probe.prepareStatement("""
                        select a.attname from pg_attribute a
                          join pg_class c on c.oid = a.attrelid
                          join pg_namespace n on n.oid = c.relnamespace
                         where ? in (c.relname, n.nspname || '.' || c.relname) and a.attnum > 0 and not a.attisdropped
                         order by 1""")) {
            statement.setString(1, table);
            List<String> columns = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
            return columns;
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

    private Context contextOf(Connection connection, UUID workspace) throws SQLException {
        connection.setAutoCommit(false);
        try {
            database.enter(connection, workspace);
            return read(connection);
        } finally {
            connection.rollback();
        }
    }

    private Context read(Connection connection) throws SQLException {
        return new Context(read(connection, Optional.of(context.workspace())), read(connection, context.seal()));
    }

    /** The same length and alphabet, one character off. */
    private static String altered(String seal) {
        if (seal.isEmpty()) {
            return "0";
        }
        char last = seal.charAt(seal.length() - 1);
        return seal.substring(0, seal.length() - 1) + (last == '0' ? '1' : '0');
    }

    /** The same length, one bit off. */
    private static byte[] altered(byte[] seal) {
        byte[] other = seal.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    /** Rows of anybody but the one workspace that some forgeries enter properly: of B, and of whoever else shows. */
    private String count() {
        return "select count(*) from (select 1 from " + table.sql() + " where " + table.tenantSql()
                + " is distinct from ? limit 1000) r";
    }

    private String countOwn() {
        return "select count(*) from " + table.sql() + " where " + table.tenantSql() + " = ?";
    }

    private void set(Connection connection, Context values, boolean local) throws SQLException {
        setting(connection, context.workspace(), values.workspace(), local);
        if (context.seal().isPresent()) {
            setting(connection, context.seal().get(), values.seal(), local);
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
