package dev.averment.server.database;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Makes the database ready before the application starts: roles and database as the administrator, migrations as the
 * owner, the seal's key as the owner. When this has returned nothing in the process is connected as either.
 */
public final class Preparation {
    /** The server's parameter that holds a transaction's context; decision 0017 says why it is this one. */
    public static final String CONTEXT_PARAMETER = "backtrace_functions";

    private static final int OLDEST_VERSION = 15;

    private final DataFolder data;
    private final DatabaseAccess access;

    public Preparation(DataFolder data, DatabaseAccess access) {
        this.data = data;
        this.access = access;
    }

    /** Brings roles, database and schema up to this version; either all of a migration happens or none of it. */
    public void run(LocalAuthority authority) throws StartException {
        try {
            for (Role role : Role.connecting()) {
                authority.ensure(role.roleName(), role.roleName(), List.of());
            }
            prepareRoles();
            migrate();
            storeSealKey();
        } catch (SQLException e) {
            throw new StartException(
                    "The database can't be prepared: " + StartException.unstopped(e.getMessage())
                            + ". Check that it runs, that its address is right, and that " + access.administrator()
                            + " may create roles and databases.",
                    e);
        } catch (IOException e) {
            throw new StartException("The database can't be prepared: " + e.getMessage(), e);
        }
    }

    private void prepareRoles() throws SQLException, IOException, StartException {
        boolean superuser;
        try (Connection c = access.connect(access.administrator(), "postgres");
                Statement s = c.createStatement()) {
            requireVersion(s);
            new RolePreparation(s, data, access).run();
            superuser = superuser(s);
        }
        if (superuser) {
            showAccessRules();
        }
        // As the owner: an administrator who is no superuser has no say in what belongs to another role.
        try (Connection c = access.connect(Role.OWNER.roleName());
                Statement s = c.createStatement()) {
            s.execute("revoke all on database " + access.database() + " from public");
            for (Role role : Role.connecting()) {
                s.execute("grant connect on database " + access.database() + " to " + role.roleName());
            }
            s.execute("revoke all on schema public from public");
        }
    }

    /**
     * Who lets whom in is for the administrator to show. One who is no superuser may neither give that away nor connect to the
     * application's database; the check does without then.
     */
    private void showAccessRules() throws SQLException {
        try (Connection c = access.connect(access.administrator(), access.database());
                Statement s = c.createStatement()) {
            s.execute("grant execute on function pg_hba_file_rules() to averment_probe");
            s.execute("grant execute on function pg_show_all_file_settings() to averment_probe");
            s.execute("grant select on pg_hba_file_rules, pg_file_settings to averment_probe");
        }
    }

    private static boolean superuser(Statement s) throws SQLException {
        try (ResultSet r = s.executeQuery("select 1 from pg_roles where rolname = current_user and rolsuper")) {
            return r.next();
        }
    }

    private static void requireVersion(Statement s) throws SQLException {
        try (ResultSet r = s.executeQuery("show server_version_num")) {
            r.next();
            int major = r.getInt(1) / 10000;
            if (major < OLDEST_VERSION) {
                throw new SQLException("it is PostgreSQL " + major + ", and " + OLDEST_VERSION + " or later is needed");
            }
        }
    }

    private void migrate() throws SQLException, StartException {
        try (Connection c = access.connect(Role.OWNER.roleName());
                var source = new SingleConnectionDataSource(c, true)) {
            FluentConfiguration configuration = Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .schemas("migrations")
                    .createSchemas(true)
                    .validateMigrationNaming(true)
                    // The default overlooks migrations of a later version: this server would write into a schema that
                    // it
                    // does not know.
                    .ignoreMigrationPatterns(new String[0])
                    .cleanDisabled(true)
                    .group(true);
            try {
                configuration.load().migrate();
            } catch (FlywayException e) {
                throw new StartException(
                        "The database's schema can't be brought up to this version, and was left as it"
                                + " was: " + e.getMessage()
                                + "\nStart the version that wrote it, or restore it from its backup"
                                + " and try again.",
                        e);
            }
        }
    }

    /** HMAC's two padded keys (RFC 2104), so that the check in the database is two built-in {@code sha256} calls. */
    private void storeSealKey() throws SQLException, IOException {
        byte[] key = HexFormat.of().parseHex(data.secret("seal-key"));
        byte[] inner = new byte[64];
        byte[] outer = new byte[64];
        for (int i = 0; i < 64; i++) {
            byte k = i < key.length ? key[i] : 0;
            inner[i] = (byte) (k ^ 0x36);
            outer[i] = (byte) (k ^ 0x5c);
        }
        try (Connection c = access.connect(Role.OWNER.roleName())) {
            c.setAutoCommit(false);
            try (Statement s = c.createStatement()) {
                s.execute("set local role averment_seal");
                s.execute("delete from seal.key");
            }
            try (var insert = c.prepareStatement("insert into seal.key (inner_pad, outer_pad) values (?, ?)")) {
                insert.setBytes(1, inner);
                insert.setBytes(2, outer);
                insert.executeUpdate();
            }
            c.commit();
        }
    }
}
