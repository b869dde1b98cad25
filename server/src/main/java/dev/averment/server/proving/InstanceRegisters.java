package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.Registers;
import dev.averment.server.registers.RegisterStore;
import dev.averment.server.tenancy.WellKnown;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

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
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(c, true));
            List<Entry> entries = RegisterStore.read(jdbc, WellKnown.OPERATOR, page, register);
            c.rollback();
            return entries;
        } catch (SQLException | DataAccessException e) {
            throw new CollectException("The register " + register + " can't be read: " + e.getMessage(), e);
        }
    }
}
