package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.SignInService.AuthenticationLog;
import dev.averment.checks.target.SignInService.Visitor;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.identity.ShownToChecks;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Entries of the system's log about one visitor. Which they are is told by the client's address, that the entry itself holds
 * only as a salted digest: its value lies beside the log, under a key of the data folder.
 */
final class InstanceSignInLog implements AuthenticationLog {
    private static final WorkspaceContext SYSTEM = new WorkspaceContext(WellKnown.SYSTEM, "service:check");

    private final DatabaseAccess access;
    private final Seal seal;
    private final Disclosures disclosures;

    InstanceSignInLog(DatabaseAccess access, Seal seal, Disclosures disclosures) {
        this.access = access;
        this.seal = seal;
        this.disclosures = disclosures;
    }

    @Override
    public Set<String> outcomes() {
        return ShownToChecks.outcomes();
    }

    /** @param id as the entry itself says it: a copy of it in another row says the same */
    private record Found(UUID id, Entry entry) {}

    @Override
    public List<Entry> entries(Visitor visitor, Instant from) throws CollectException {
        String address = visitor.address()
                .orElseThrow(
                        () -> new CollectException("This machine gives a check no loopback address of its own, so its"
                                + " entries can't be told from those of others; run it on Linux."));
        try (Connection c = access.connect(Role.APP.roleName())) {
            c.setAutoCommit(false);
            seal.enter(c, SYSTEM);
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(c, true));
            List<Entry> entries = new ArrayList<>();
            for (Found found : found(c, from)) {
                Optional<String> client = disclosures.read(jdbc, SYSTEM, found.id(), "/context/address");
                if (client.filter(address::equals).isPresent()) {
                    entries.add(found.entry());
                }
            }
            c.rollback();
            return entries;
        } catch (JsonException e) {
            throw new CollectException(
                    "An entry of the system's log is no JSON; see what the check log-integrity says.", e);
        } catch (SQLException e) {
            throw new CollectException(
                    "The system's log can't be read (SQL state " + e.getSQLState()
                            + "); see that the server's database is up.",
                    e);
        }
    }

    /** Ids begin with their millisecond. */
    private static List<Found> found(Connection c, Instant from) throws SQLException, JsonException {
        List<Found> all = new ArrayList<>();
        try (PreparedStatement s = c.prepareStatement("""
                select action, bytes from evidence.leaf
                 where workspace_id = ? and leaf_id >= ? and action like 'auth.%' order by leaf_id""")) {
            s.setObject(1, WellKnown.SYSTEM);
            s.setObject(2, new UUID(from.toEpochMilli() << 16, 0));
            try (ResultSet r = s.executeQuery()) {
                while (r.next()) {
                    byte[] bytes = r.getBytes(2);
                    UUID id = UUID.fromString(Json.parseObject(bytes).string("id"));
                    all.add(new Found(id, new Entry(r.getString(1), bytes)));
                }
            }
        }
        return all;
    }
}
