package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.IncidentRecords;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import dev.averment.server.identity.ShownToChecks;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** The two workspaces that every server has for checks, their members of a moment, and the tokens that act in them. */
final class InstanceWorkspaces implements WorkspaceService {
    private final DatabaseAccess access;
    private final Seal seal;
    private final InstanceAccounts accounts;

    InstanceWorkspaces(DatabaseAccess access, Seal seal, InstanceAccounts accounts) {
        this.access = access;
        this.seal = seal;
        this.accounts = accounts;
    }

    @Override
    public String workspace() {
        return WellKnown.CANARY_A.toString();
    }

    @Override
    public String otherWorkspace() {
        return WellKnown.CANARY_B.toString();
    }

    @Override
    public String path() {
        return "/api/v1/workspaces";
    }

    @Override
    public Set<String> scopes() {
        return ShownToChecks.scopes();
    }

    /** As the application itself: in the workspace's context, with a trace in its log. */
    <T> T inside(String workspace, InstanceAccounts.Work<T> work) throws CollectException {
        try (Connection c = access.connect(Role.APP.roleName())) {
            c.setAutoCommit(false);
            seal.enter(c, new WorkspaceContext(UUID.fromString(workspace), "service:check"));
            T result = work.with(c);
            c.commit();
            return result;
        } catch (SQLException e) {
            throw new CollectException(
                    "The workspaces that are made for checks can't be used (SQL state " + e.getSQLState()
                            + "); see that the server's database is up and has the canary workspaces.",
                    e);
        }
    }

    private static int update(Connection c, String statement, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            return s.executeUpdate();
        }
    }

    @Override
    public Optional<IncidentRecords> incidents() {
        return Optional.of(new InstanceIncidents(this));
    }

    @Override
    public void join(String workspace, String address, String role) throws CollectException {
        UUID account = accounts.id(address);
        inside(
                workspace,
                c -> update(
                        c,
                        "insert into tenancy.member (workspace_id, account_id, role) values (?::uuid, ?, ?)",
                        workspace,
                        account,
                        role));
    }

    @Override
    public void leave(String workspace, String address) throws CollectException {
        UUID account = accounts.id(address);
        inside(
                workspace,
                c -> update(
                                c,
                                "delete from tenancy.invitation where workspace_id = ?::uuid and invited_by = ?",
                                workspace,
                                account)
                        + update(
                                c,
                                "delete from tenancy.member where workspace_id = ?::uuid and account_id = ?",
                                workspace,
                                account));
    }

    @Override
    public String link(String address) throws CollectException {
        UUID account = accounts.id(address);
        UUID link = UUID.randomUUID();
        accounts.asAuth(c -> update(
                c,
                "insert into identity.provider_link (link_id, account_id, issuer, subject, made_at) values (?, ?, ?, ?, now())",
                link,
                account,
                "https://check.invalid",
                link.toString()));
        return link.toString();
    }

    private static List<String> column(Connection c, String query) throws SQLException {
        List<String> all = new ArrayList<>();
        try (Statement s = c.createStatement();
                ResultSet r = s.executeQuery(query)) {
            while (r.next()) {
                all.add(r.getString(1));
            }
        }
        return all;
    }

    private static String digest(Connection c, String table, String condition, Object... values) throws SQLException {
        try (PreparedStatement s = c.prepareStatement(
                "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from " + table
                        + " t where " + condition)) {
            for (int i = 0; i < values.length; i++) {
                s.setObject(i + 1, values[i]);
            }
            try (ResultSet r = s.executeQuery()) {
                r.next();
                return r.getString(1);
            }
        }
    }

    @Override
    public Map<String, String> digests(String workspace, String owner, String visitor) throws CollectException {
        Map<String, String> digests = inside(workspace, c -> {
            Map<String, String> all = new TreeMap<>();
            for (String table : column(c, """
                    select quote_ident(n.nspname) || '.' || quote_ident(t.relname)
                      from pg_class t join pg_namespace n on n.oid = t.relnamespace
                      join pg_attribute a on a.attrelid = t.oid and a.attname = 'workspace_id' and a.attnum > 0
                     where t.relkind in ('r', 'p') and n.nspname not in ('evidence', 'pg_catalog')
                       and has_table_privilege(t.oid, 'select')""")) {
                all.put(
                        table,
                        table.equals("tenancy.workspace")
                                ? digest(c, table, "workspace_id = ?::uuid", workspace)
                                : digest(
                                        c,
                                        table,
                                        "workspace_id = ?::uuid and (position(? in t::text) > 0 or position(? in t::text) > 0)",
                                        workspace,
                                        owner,
                                        visitor));
            }
            return all;
        });
        digests.putAll(accounts.asAuth(c -> {
            Map<String, String> all = new TreeMap<>();
            for (String table : column(c, """
                    select quote_ident(n.nspname) || '.' || quote_ident(t.relname)
                      from pg_class t join pg_namespace n on n.oid = t.relnamespace
                      join pg_attribute a on a.attrelid = t.oid and a.attname = 'account_id' and a.attnum > 0
                     where t.relkind in ('r', 'p') and n.nspname = 'identity' and has_table_privilege(t.oid, 'select')""")) {
                all.put(
                        table,
                        digest(
                                c,
                                table,
                                "account_id = ?::uuid or (account_id = ?::uuid and position(? in t::text) > 0)",
                                owner,
                                visitor,
                                workspace));
            }
            return all;
        }));
        return digests;
    }

    @Override
    public Optional<byte[]> storedToken(String id) throws CollectException {
        return accounts.asAuth(c -> {
            try (PreparedStatement s =
                    c.prepareStatement("select t.secret_hash from identity.api_token t where t.token_id = ?::uuid")) {
                s.setString(1, id);
                try (ResultSet r = s.executeQuery()) {
                    return r.next() ? Optional.of(r.getBytes(1)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public void expireToken(String id) throws CollectException {
        accounts.change("""
                with gone as (delete from identity.api_token where token_id = ?::uuid returning *)
                insert into identity.api_token
                       (token_id, account_id, acts_in, name, scopes, secret_hash, made_at, expires_at)
                select token_id, account_id, acts_in, name, scopes, secret_hash, now() - interval '2 days',
                       now() - interval '1 second'
                  from gone""", id);
    }

    /** An administrator who sees only some rows is refused by the database, rather than shown those. */
    private static final String WHOLE =
            "set row_security = off; set statement_timeout = '45s'; set default_transaction_read_only = on";

    @Override
    public Dump dump(List<String> texts) throws CollectException {
        try (Connection c = access.connect(access.administrator())) {
            try (Statement s = c.createStatement()) {
                s.execute(WHOLE);
            }
            List<String> tables = column(c, """
                    select quote_ident(n.nspname) || '.' || quote_ident(t.relname)
                      from pg_class t join pg_namespace n on n.oid = t.relnamespace
                     where t.relkind in ('r', 'm') and n.nspname not in ('pg_catalog', 'information_schema')
                       and n.nspname !~ '^pg_(toast|temp)'
                     order by 1""");
            List<String> places = new ArrayList<>();
            for (String table : tables) {
                try (PreparedStatement s = c.prepareStatement(
                        "select 1 from " + table
                                + " t where exists (select 1 from unnest(?::text[]) x (v) where position(x.v in t::text) > 0) limit 1")) {
                    s.setArray(1, c.createArrayOf("text", texts.toArray()));
                    try (ResultSet r = s.executeQuery()) {
                        if (r.next()) {
                            places.add(table);
                        }
                    }
                }
            }
            return new Dump(tables.size(), places);
        } catch (SQLException e) {
            throw new CollectException(
                    "The database's administrator can't read all rows of all tables (SQL state " + e.getSQLState()
                            + "); a role that row-level security binds, or a very large database, can't be searched.",
                    e);
        }
    }
}
