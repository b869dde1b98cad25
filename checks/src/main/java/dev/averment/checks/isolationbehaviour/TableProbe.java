package dev.averment.checks.isolationbehaviour;

import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Attempt;
import dev.averment.checks.postgres.TenantTable;
import dev.averment.checks.target.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * All attempts on one table. The name of a fact is the kind of attempt; its value is how many foreign rows it reached,
 * or was let write: none when it was refused. Whatever could be neither counted nor called a refusal is an entry of
 * {@code unclear}. Commands that the runtime role has no privilege for are tried all the same and listed in
 * {@code byPrivilege}: they are refused, and no policy has had a say.
 */
final class TableProbe {

    /** A leaky table may be large: counting stops here. */
    private static final int COUNTED = 1000;

    private final Connection connection;
    private final TenantTable table;
    private final UUID a;
    private final UUID b;
    private final Attempt.Before inA;
    private final Attempt.Before inB;
    private final Map<String, Object> facts = new LinkedHashMap<>();
    private final List<String> byPrivilege = new ArrayList<>();
    private final List<String> unclear = new ArrayList<>();

    TableProbe(Database database, Connection connection, TenantTable table) {
        this.connection = connection;
        this.table = table;
        this.a = database.canaries().a();
        this.b = database.canaries().b();
        this.inA = c -> database.enter(c, a);
        this.inB = c -> database.enter(c, b);
    }

    /** @throws SQLException when the connection is broken */
    Subject run() throws SQLException {
        facts.put("canary", sees(inB, b) > 0);
        facts.put("ownRow", sees(inA, a) > 0);
        facts.put("appendOnly", table.appendOnly());
        facts.put("reachable", table.reachable());
        touches("select", table.select(), inA, count("<> ?"), a);
        update();
        touches("delete", table.delete(), inA, "delete from " + table.sql() + where("= ?"), b);
        writes("insert", inA, b);
        touches("withoutContext", table.select(), Attempt.NO_CONTEXT, count("is not null"));
        writes("insertWithoutContext", Attempt.NO_CONTEXT, a);
        touches("afterCommit", table.select(), this::enterAndCommit, count("is not null"));
        facts.put("byPrivilege", List.copyOf(byPrivilege));
        facts.put("unclear", List.copyOf(unclear));
        return new Subject(table.label(), facts);
    }

    private long sees(Attempt.Before context, UUID workspace) throws SQLException {
        return Attempt.of(connection, context, count("= ?"), workspace).rows();
    }

    private void update() throws SQLException {
        String first = table.columns().stream()
                .filter(TenantTable.Column::update)
                .filter(column -> !column.name().equals(table.tenant()))
                .map(TenantTable.Column::quoted)
                .findFirst()
                .orElse(table.tenantSql());
        touches(
                "update",
                table.updatable(),
                inA,
                "update " + table.sql() + " set " + first + " = " + first + where("= ?"),
                b);
        boolean mayMove =
                table.column(table.tenant()).map(TenantTable.Column::update).orElse(false);
        Attempt.Outcome moved = Attempt.of(
                connection, inA, "update " + table.sql() + " set " + table.tenantSql() + " = ?" + where("= ?"), b, a);
        write("move", mayMove, inA, moved);
    }

    /** An attempt that goes wrong by finding rows: no rows and a refusal are both as they should be. */
    private void touches(String attempt, boolean privileged, Attempt.Before before, String sql, Object... values)
            throws SQLException {
        Attempt.Outcome outcome = Attempt.of(connection, before, sql, values);
        facts.put(attempt, outcome.rows());
        if (outcome.refused()) {
            if (!privileged) {
                byPrivilege.add(attempt);
            }
        } else if (!outcome.worked()) {
            if (outcome.cameThrough()) {
                facts.put(attempt, 1L); // it had a row to violate something with
            } else if (outcome.broken() || before == inA) {
                unclear.add(attempt + " " + outcome.state());
            } // without a context any error of the policy is a refusal, such as that of a cast of an empty setting
        }
    }

    /**
     * A row for {@code workspace}: a copy of a visible one if there is one, so that triggers find what they expect. The
     * policy speaks before NOT NULL, unique and foreign keys do, so an integrity violation means that it let the row pass.
     */
    private void writes(String attempt, Attempt.Before before, UUID workspace) throws SQLException {
        List<TenantTable.Column> copied = table.columns().stream()
                .filter(c -> c.insert() && c.select() && !c.name().equals(table.tenant()))
                .toList();
        boolean copies = table.select() && !copied.isEmpty();
        String names = copied.stream().map(c -> ", " + c.quoted()).collect(Collectors.joining());
        Attempt.Outcome outcome = copies
                ? Attempt.of(
                        connection,
                        before,
                        "insert into " + table.sql() + " (" + table.tenantSql() + names + ") select ?" + names
                                + " from " + table.sql() + where("= ?") + " limit 1",
                        workspace,
                        a)
                : new Attempt.Outcome(0, null);
        if (outcome.worked() && outcome.rows() == 0) { // nothing there to copy
            outcome = Attempt.of(
                    connection,
                    before,
                    "insert into " + table.sql() + " (" + table.tenantSql() + ") values (?)",
                    workspace);
        }
        write(attempt, table.insertable(), before, outcome);
    }

    private void write(String attempt, boolean privileged, Attempt.Before before, Attempt.Outcome outcome) {
        boolean through = outcome.cameThrough() && (!outcome.worked() || outcome.rows() > 0);
        facts.put(attempt, through ? Math.max(1, outcome.rows()) : 0L);
        if (outcome.refused()) {
            if (!privileged) {
                byPrivilege.add(attempt);
            }
        } else if (!outcome.cameThrough() && (outcome.broken() || before == inA)) {
            unclear.add(attempt + " " + outcome.state());
        }
    }

    /** What the previous borrower of a connection did: a transaction in A's context, ended properly. */
    private void enterAndCommit(Connection connection) throws SQLException {
        inA.prepare(connection);
        connection.commit();
        Attempt.limit(connection);
    }

    private String count(String condition) {
        return "select count(*) from (select 1 from " + table.sql() + where(condition) + " limit " + COUNTED + ") r";
    }

    private String where(String condition) {
        return " where " + table.tenantSql() + " " + condition;
    }
}
