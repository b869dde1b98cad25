package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.Registers;
import dev.averment.evidence.json.JsonException;
import dev.averment.server.registers.EntryDetails;
import dev.averment.server.tenancy.WellKnown;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The operator's registers for one page, read as the runtime role. */
final class InstanceRegisters implements Registers {
    private final Database database;
    private final String page;

    InstanceRegisters(Database database, String page) {
        this.database = database;
        this.page = page;
    }

    @Override
    public List<Entry> entries(String register) throws CollectException {
        try (Connection c = database.connect(Database.Role.RUNTIME)) {
            c.setAutoCommit(false);
            database.enter(c, WellKnown.OPERATOR);
            var entries = new ArrayList<Entry>();
            try (PreparedStatement s = c.prepareStatement("""
                    select entry_id, title, owner, dated, expires, status, details from registers.entry
                     where workspace_id = ? and page_id = ? and register = ? order by entry_id limit 1000""")) {
                s.setObject(1, WellKnown.OPERATOR);
                s.setString(2, page);
                s.setString(3, register);
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        entries.add(new Entry(
                                r.getString(1),
                                r.getString(2),
                                r.getString(3),
                                r.getObject(4, LocalDate.class),
                                r.getObject(5, LocalDate.class),
                                r.getString(6),
                                EntryDetails.parse(r.getString(7))));
                    }
                }
            }
            c.rollback();
            return entries;
        } catch (JsonException e) {
            throw new CollectException("An entry of the register " + register + " has details that are no JSON.", e);
        } catch (SQLException e) {
            throw new CollectException("The register " + register + " can't be read: " + e.getMessage(), e);
        }
    }
}
