package dev.averment.checks.roleprivileges;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Attempt;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tries every escalation and writes down the answers, a subject a kind. */
final class RolePrivilegesCollector implements Collector {

    /** Kinds that are read from the catalog: PostgreSQL won't try them inside a transaction, or they are no statement. */
    static final List<String> BY_CATALOG = List.of(
            "CREATE DATABASE",
            "ALTER SYSTEM",
            Grants.OWNERSHIP,
            Grants.GRANT_OPTION,
            Grants.MEMBERSHIP,
            Grants.PREDEFINED);

    /** {@code warning_privilege_not_granted}: a GRANT that granted nothing says so and fails not. */
    private static final String NOTHING_GRANTED = "01007";

    /**
     * PostgreSQL asks for the privilege first: whoever is told that a lock is taken, that other objects depend on this one or
     * that a referenced table can't be truncated had it.
     */
    private static final Set<String> PAST_THE_PRIVILEGE = Set.of("none", "55P03", "2BP01", "0A000");

    /** Whether everybody holds something on a table: a GRANT that granted in part gives the same warning as one that did not. */
    private static final String PUBLIC_HOLDS = """
            select count(*) from pg_class c cross join lateral aclexplode(c.relacl) a
             where c.oid = ?::regclass and a.grantee = 0""";

    @Override
    public Facts collect(Look look) throws CollectException {
        Database database = look.target().require(Database.class);
        try {
            Surroundings around = Surroundings.of(database);
            List<Subject> subjects = new ArrayList<>();
            try (Connection runtime = database.connect(Database.Role.RUNTIME)) {
                for (Map.Entry<String, Map<String, String>> kind :
                        Escalations.against(around.objects()).statements().entrySet()) {
                    subjects.add(attempt(runtime, kind.getKey(), kind.getValue()));
                }
            }
            subjects.add(byCatalog("CREATE DATABASE", 1, around.createsDatabase() ? List.of("CREATEDB") : List.of()));
            subjects.add(byCatalog("ALTER SYSTEM", 1, around.altersSystem() ? List.of("ALTER SYSTEM") : List.of()));
            for (Grants.Found found : around.ofRuntime()) {
                subjects.add(byCatalog(found.kind(), 1, found.objects()));
            }
            Set<String> reviewed = database.allowances().reviewed().grants();
            if (!reviewed.isEmpty()) {
                subjects.add(byCatalog(Grants.BEYOND, around.held().size(), Grants.beyond(around.held(), reviewed)));
            }
            return new Facts(
                    look.clock().instant(),
                    subjects,
                    Map.of(
                            "tables", (long) around.objects().tables().size(),
                            "roles", (long) around.objects().roles().size(),
                            "reviewedGrants", (long) reviewed.size(),
                            "grantsGone",
                                    (long) Grants.beyond(List.copyOf(reviewed), Set.copyOf(around.held()))
                                            .size(),
                            "ownerSessions", around.ownerSessions()));
        } catch (SQLException broken) {
            throw new CollectException(
                    "The attempts of the runtime role broke off (SQL state " + broken.getSQLState()
                            + "); see that the runtime and probe roles of the target can connect.",
                    broken);
        }
    }

    private static Subject byCatalog(String kind, long objects, List<String> found) {
        return new Subject(
                kind,
                Map.of(
                        "objects",
                        objects,
                        "refused",
                        found.isEmpty(),
                        "accepted",
                        first(found),
                        "unclear",
                        List.of(),
                        "sqlState",
                        "catalog"));
    }

    private static Subject attempt(Connection runtime, String kind, Map<String, String> statements)
            throws SQLException {
        List<String> accepted = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        Set<String> states = new TreeSet<>();
        for (Map.Entry<String, String> statement : statements.entrySet()) {
            String object = statement.getKey().isEmpty() ? kind : statement.getKey();
            String state = state(runtime, statement.getKey(), statement.getValue());
            states.add(state);
            if (PAST_THE_PRIVILEGE.contains(state)) {
                accepted.add(object);
            } else if (!state.equals(Attempt.REFUSED) && !state.equals(NOTHING_GRANTED)) {
                unclear.add(object + " " + state);
            }
        }
        return new Subject(
                kind,
                Map.of(
                        "objects", (long) statements.size(),
                        "refused", accepted.isEmpty() && unclear.isEmpty(),
                        "accepted", first(accepted),
                        "unclear", first(unclear),
                        "sqlState", String.join(" ", states)));
    }

    private static List<String> first(List<String> names) {
        return List.copyOf(names.subList(0, Math.min(20, names.size())));
    }

    /** The SQL state of one attempt, its warning's, or {@code none} when it simply worked. */
    private static String state(Connection runtime, String object, String sql) throws SQLException {
        runtime.setAutoCommit(false);
        try (Statement statement = runtime.createStatement()) {
            statement.execute("set local lock_timeout = '100ms'; set local statement_timeout = '5s'");
            statement.clearWarnings();
            statement.execute(sql);
            SQLWarning warning = statement.getWarnings();
            boolean nothing = warning != null
                    && NOTHING_GRANTED.equals(warning.getSQLState())
                    && Attempt.run(runtime, PUBLIC_HOLDS, object) == 0;
            return nothing ? NOTHING_GRANTED : "none";
        } catch (SQLException answer) {
            String state = answer.getSQLState();
            if (state == null || state.startsWith("08")) {
                throw answer;
            }
            return state;
        } finally {
            runtime.rollback();
        }
    }
}
