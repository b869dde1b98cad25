package dev.averment.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.fixture.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A schema is this version's, whole, or the server doesn't start. */
class PreparationTest {
    private static final String FRESH = "test_preparation";

    private TestDatabase database;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open();
    }

    @AfterEach
    void close() throws Exception {
        administer("drop database if exists " + FRESH + " with (force)");
        database.close();
    }

    private void administer(String statement) throws Exception {
        try (Connection c = database.access().connect(database.access().administrator(), "postgres");
                Statement s = c.createStatement()) {
            s.execute(statement);
        }
    }

    private void prepare(DatabaseAccess access) throws Exception {
        new Preparation(database.data(), access)
                .run(LocalAuthority.open(database.data().path("tls"), Instant.now()));
    }

    @Test
    void a_second_run_changes_nothing() throws Exception {
        long before = database.count("select count(*) from migrations.flyway_schema_history");
        prepare(database.access());
        assertThat(database.count("select count(*) from migrations.flyway_schema_history"))
                .isEqualTo(before);
        assertThat(database.count("select count(*) from seal.key")).isEqualTo(1);
        // The key in the database is still the one that the application seals with.
        assertThat(database.actors().owner().workspace()).isNotNull();
    }

    @Test
    void a_schema_of_a_later_version_is_refused() throws Exception {
        database.asSuperuser("""
                insert into migrations.flyway_schema_history
                       (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                select max(installed_rank) + 1, '209901010000', 'from the future', 'SQL', 'V209901010000__from_the_future.sql', 1, 'averment_owner', 1, true
                  from migrations.flyway_schema_history""");
        assertThatThrownBy(() -> prepare(database.access()))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("was left as it was")
                .hasMessageContaining("Start the version that wrote it");
    }

    @Test
    void a_migration_that_was_edited_after_it_ran_is_refused() throws Exception {
        database.asSuperuser(
                "update migrations.flyway_schema_history set checksum = checksum + 1 where version = '202611220920'");
        assertThatThrownBy(() -> prepare(database.access())).isInstanceOf(StartException.class);
    }

    @Test
    void a_migration_that_breaks_leaves_nothing_of_those_before_it() throws Exception {
        administer("create database " + FRESH + " owner averment_owner template template0");
        DatabaseAccess fresh = database.access().inDatabase(FRESH);
        try (Connection c = fresh.connect(fresh.administrator());
                Statement s = c.createStatement()) {
            // The last big migration makes this schema itself and will trip over it.
            s.execute("create schema claims");
        }
        assertThatThrownBy(() -> prepare(fresh))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("was left as it was");
        try (Connection c = fresh.connect(fresh.administrator());
                Statement s = c.createStatement()) {
            try (var r = s.executeQuery(
                    "select count(*) from pg_namespace where nspname in ('tenancy', 'evidence', 'seal', 'identity')")) {
                r.next();
                assertThat(r.getInt(1)).isZero();
            }
            s.execute("drop schema claims");
        }
        prepare(fresh);
        try (Connection c = fresh.connect(fresh.administrator());
                Statement s = c.createStatement();
                var r = s.executeQuery(
                        "select count(*) from pg_namespace where nspname in ('tenancy', 'evidence', 'seal', 'identity', 'claims')")) {
            r.next();
            assertThat(r.getInt(1)).isEqualTo(5);
        }
    }

    /** ASVS 12.3.1, 12.3.5: neither a password without a certificate nor another role's certificate opens a door. */
    @Test
    void a_role_needs_its_own_password_its_own_certificate_and_tls() throws Exception {
        DatabaseAccess access = database.access();
        String app = Role.APP.roleName();
        String other = database.data().path("tls", Role.WORKER.roleName()).toString();
        for (Map<String, String> replaced : java.util.List.of(
                Map.of("password", "wrong"),
                Map.of("sslcert", "", "sslkey", ""),
                Map.of("sslcert", other + ".crt", "sslkey", other + ".pk8"),
                Map.of("sslmode", "disable", "sslrootcert", "", "sslcert", "", "sslkey", ""))) {
            assertThatThrownBy(() ->
                            access.connect(app, access.database(), replaced).close())
                    .as(replaced.keySet().toString())
                    .isInstanceOf(java.sql.SQLException.class)
                    .hasMessageNotContaining(database.data().secret("role-" + app));
        }
        access.connect(app).close();
        assertThatThrownBy(() -> access.connect(Role.SEAL.roleName(), access.database(), Map.of("password", "x"))
                        .close())
                .isInstanceOf(java.sql.SQLException.class);
    }
}
