package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.instance.Instance;
import dev.averment.sabotage.instance.PlantException;
import dev.averment.server.tenancy.WellKnown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Faults in the operator's registers, made as the application makes them: in the operator's workspace, with a trace. */
final class Register {
    private Register() {}

    /**
     * Alters an entry, or all of them; afterwards the register is as it was.
     *
     * @param change SQL that follows {@code update registers.entry set} or {@code delete from registers.entry}
     */
    static Sabotage fault(
            String id, String breaks, Verdict expected, String page, String register, String which, String change) {
        return new Sabotage.Live(id, breaks, expected, instance -> {
            List<String> before = entries(instance, page, register);
            int touched = instance.asOperator(c -> {
                try (PreparedStatement s = c.prepareStatement(change + " where workspace_id = ? and page_id = ?"
                        + " and register = ? and entry_id in (select entry_id from registers.entry where workspace_id = ?"
                        + " and page_id = ? and register = ? " + which + ")")) {
                    for (int i = 0; i < 6; i += 3) {
                        s.setObject(i + 1, WellKnown.OPERATOR);
                        s.setString(i + 2, page);
                        s.setString(i + 3, register);
                    }
                    return s.executeUpdate();
                }
            });
            if (touched == 0) {
                throw new PlantException("the register " + register + " has no entry to alter");
            }
            return () -> restore(instance, page, register, before);
        });
    }

    private static List<String> entries(Instance instance, String page, String register) throws PlantException {
        return instance.asOperator(c -> {
            try (PreparedStatement s = c.prepareStatement("select row_to_json(e) from registers.entry e"
                    + " where workspace_id = ? and page_id = ? and register = ? order by entry_id")) {
                name(s, page, register);
                try (ResultSet r = s.executeQuery()) {
                    var rows = new ArrayList<String>();
                    while (r.next()) {
                        rows.add(r.getString(1));
                    }
                    return rows;
                }
            }
        });
    }

    private static void restore(Instance instance, String page, String register, List<String> rows)
            throws PlantException {
        instance.asOperator(c -> {
            try (PreparedStatement s = c.prepareStatement(
                    "delete from registers.entry where workspace_id = ? and page_id = ? and register = ?")) {
                name(s, page, register);
                s.executeUpdate();
            }
            for (String row : rows) {
                insert(c, row);
            }
            return true;
        });
    }

    private static void insert(Connection connection, String row) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(
                "insert into registers.entry select * from json_populate_record(null::registers.entry, ?::json)")) {
            s.setString(1, row);
            s.executeUpdate();
        }
    }

    private static void name(PreparedStatement s, String page, String register) throws SQLException {
        s.setObject(1, WellKnown.OPERATOR);
        s.setString(2, page);
        s.setString(3, register);
    }
}
