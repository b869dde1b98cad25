package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.OutboundTrial;
import dev.averment.checks.target.WorkflowService;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.WorkspaceContext;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** What stands behind monitors, streams and channels of the workspaces that every server has for checks. */
final class InstanceWorkflows implements WorkflowService {
    /** Those that the server answers requests with. */
    private static final List<Role> ANSWERING = List.of(Role.INGEST, Role.APP, Role.AUTH);

    private final DatabaseAccess access;
    private final Seal seal;
    private final String disclosureKey;

    /** @param disclosureKey 64 hex digits, as the data folder keeps them */
    InstanceWorkflows(DatabaseAccess access, Seal seal, String disclosureKey) {
        this.access = access;
        this.seal = seal;
        this.disclosureKey = disclosureKey;
    }

    private static CollectException unusable(SQLException e) {
        return new CollectException(
                "The server's database can't be looked at (SQL state " + e.getSQLState()
                        + "); see that it is up and that the roles of the server can connect.",
                e);
    }

    /** Each role sees when its own connections were last asked something, and of others' no more than that they are there. */
    @Override
    public Questions questions() throws CollectException {
        var questions = new RoleQuestions();
        try {
            for (Role role : ANSWERING) {
                questions.connections.add(access.connect(role.roleName()));
            }
            return questions;
        } catch (SQLException e) {
            questions.close();
            throw unusable(e);
        }
    }

    @Override
    public long tell(String workspace, String subject, int first, int count) throws CollectException {
        try (Connection c = access.connect(Role.APP.roleName())) {
            c.setAutoCommit(false);
            seal.enter(c, new WorkspaceContext(UUID.fromString(workspace), "service:check"));
            try (PreparedStatement s = c.prepareStatement("""
                    with told as (
                        insert into stream.event (workspace_id, kind, subject, data, made_at)
                        select ?::uuid, 'check.canary', ?, concat('{"n":', g.n, ',"of":"', ?::text, '"}'), now()
                          from generate_series(?, ?) g (n) returning xid)
                    select max(xid) from told""")) {
                s.setString(1, workspace);
                s.setString(2, subject);
                s.setString(3, workspace);
                s.setInt(4, first);
                s.setInt(5, first + count - 1);
                try (ResultSet r = s.executeQuery()) {
                    r.next();
                    long transaction = r.getLong(1);
                    c.commit();
                    return transaction;
                }
            }
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    /** As the role that clears old events away, which sees where they are and not what they say. */
    @Override
    public void forget(String workspace, List<Long> transactions) throws CollectException {
        try (Connection c = access.connect(Role.WORKER.roleName());
                PreparedStatement s =
                        c.prepareStatement("delete from stream.event where workspace_id = ?::uuid and xid = any (?)")) {
            s.setString(1, workspace);
            s.setArray(2, c.createArrayOf("int8", transactions.toArray()));
            s.executeUpdate();
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    @Override
    public Kept kept(String workspace, String channel) throws CollectException {
        var context = new WorkspaceContext(UUID.fromString(workspace), "service:check");
        try (Connection c = access.connect(Role.APP.roleName())) {
            c.setAutoCommit(false);
            seal.enter(c, context);
            JdbcClient jdbc = JdbcClient.create(new SingleConnectionDataSource(c, true));
            byte[] stored = jdbc.sql(
                            "select sealed from delivery.channel where workspace_id = ? and channel_id = ?::uuid")
                    .params(context.workspace(), channel)
                    .query(byte[].class)
                    .optional()
                    .orElse(new byte[0]);
            String opened;
            try {
                opened = new Disclosures(disclosureKey)
                        .open(jdbc, context, context.workspace(), subject(channel), stored)
                        .map(plain -> new String(plain, StandardCharsets.UTF_8))
                        .orElse("");
            } catch (RuntimeException e) {
                // Neither what the key opens nor long enough to be it: that is what is to be found out.
                opened = "";
            }
            c.rollback();
            return new Kept(stored, opened);
        } catch (SQLException e) {
            throw unusable(e);
        }
    }

    @Override
    public void readdress(String workspace, String channel, String url) throws CollectException {
        var context = new WorkspaceContext(UUID.fromString(workspace), "service:check");
        Kept kept = kept(workspace, channel);
        try (Connection c = access.connect(Role.APP.roleName())) {
            c.setAutoCommit(false);
            seal.enter(c, context);
            byte[] settings = Json.parseObject(kept.opened().getBytes(StandardCharsets.UTF_8))
                    .with("url", url)
                    .canonical();
            byte[] sealed = new Disclosures(disclosureKey)
                    .seal(
                            JdbcClient.create(new SingleConnectionDataSource(c, true)),
                            context,
                            context.workspace(),
                            subject(channel),
                            settings);
            try (PreparedStatement s = c.prepareStatement(
                    "update delivery.channel set sealed = ? where workspace_id = ? and channel_id = ?::uuid"
                            + " and name like 'Canary of%'")) {
                s.setBytes(1, sealed);
                s.setObject(2, context.workspace());
                s.setString(3, channel);
                s.executeUpdate();
            }
            c.commit();
        } catch (SQLException e) {
            throw unusable(e);
        } catch (JsonException e) {
            throw new CollectException(
                    "The settings of a check's own channel can't be read; see that the key in the"
                            + " data folder is the one that the server uses.",
                    e);
        }
    }

    @Override
    public OutboundTrial outbound(Instant now) throws CollectException {
        return InstanceOutbound.made(now);
    }

    private static String subject(String channel) {
        return "delivery.channel|" + channel;
    }

    @Override
    public List<byte[]> keysOfChannels() {
        return List.of(HexFormat.of().parseHex(disclosureKey));
    }

    private static final class RoleQuestions implements Questions {
        private final List<Connection> connections = new ArrayList<>();

        @Override
        public String asked() throws CollectException {
            var all = new StringBuilder();
            try {
                for (Connection connection : connections) {
                    try (Statement s = connection.createStatement();
                            ResultSet r = s.executeQuery("""
                                    select a.pid, a.query_start, a.state_change, a.state from pg_stat_activity a
                                     where a.usename = current_user and a.pid <> pg_backend_pid() order by a.pid""")) {
                        while (r.next()) {
                            all.append(r.getLong(1))
                                    .append(' ')
                                    .append(r.getString(2))
                                    .append(' ')
                                    .append(r.getString(3))
                                    .append(' ')
                                    .append(r.getString(4))
                                    .append('\n');
                        }
                    }
                }
                return all.toString();
            } catch (SQLException e) {
                throw unusable(e);
            }
        }

        @Override
        public void close() {
            for (Connection connection : connections) {
                try {
                    connection.close();
                } catch (SQLException e) {
                    System.getLogger(InstanceWorkflows.class.getName())
                            .log(System.Logger.Level.DEBUG, "a connection could not be closed", e);
                }
            }
        }
    }
}
