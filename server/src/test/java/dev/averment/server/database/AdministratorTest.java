package dev.averment.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The role that docs/operating.md asks for, which may create roles and databases and is no superuser, is enough. */
class AdministratorTest {
    private static final String ADMINISTRATOR = "averment_admin";
    private static final String PASSWORD = "the administrator's, and quoted nowhere";

    @TempDir
    static Path folder;

    private static DataFolder data;
    private static EmbeddedPostgres postgres;
    private static DatabaseAccess superuser;
    private static DatabaseAccess administered;

    @BeforeAll
    static void start() throws Exception {
        data = DataFolder.open(folder.resolve("data"));
        LocalAuthority authority = authority();
        postgres = EmbeddedPostgres.start(data, authority, Map.of("fsync", "off", "log_statement", "all"));
        superuser = DatabaseAccess.embedded(data, postgres.port());
        authority.ensure(ADMINISTRATOR, ADMINISTRATOR, List.of());
        asSuperuser(
                "create role averment_admin login createrole createdb password '" + ScramVerifier.of(PASSWORD) + "'",
                "grant set on parameter backtrace_functions to averment_admin with grant option");
        administered = superuser.administeredBy(ADMINISTRATOR, PASSWORD);
        new Preparation(data, administered).run(authority);
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
        data.close();
    }

    private static LocalAuthority authority() throws Exception {
        return LocalAuthority.open(data.path("tls"), Instant.now());
    }

    private static void prepare() throws Exception {
        new Preparation(data, administered).run(authority());
    }

    private static void asSuperuser(String... statements) throws Exception {
        try (Connection c = superuser.connect(superuser.administrator(), "postgres");
                Statement s = c.createStatement()) {
            for (String statement : statements) {
                s.execute(statement);
            }
        }
    }

    private static List<String> asked(String query) throws Exception {
        var rows = new ArrayList<String>();
        try (Connection c = superuser.connect(superuser.administrator());
                Statement s = c.createStatement();
                var r = s.executeQuery(query)) {
            while (r.next()) {
                rows.add(r.getString(1));
            }
        }
        return rows;
    }

    @Test
    void roles_database_and_schema_are_made_and_a_second_start_changes_nothing() throws Exception {
        String attributes = """
                select concat_ws(' ', rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication,
                                 rolinherit, rolcanlogin)
                  from pg_roles where rolname like 'averment\\_%' order by rolname""";
        List<String> before = asked(attributes);
        assertThat(before).contains("averment_app f f f f f f t", "averment_owner f f f f f t t");
        prepare();
        assertThat(asked(attributes)).isEqualTo(before);
        for (Role role : Role.connecting()) {
            administered.connect(role.roleName()).close();
        }
        assertThat(asked("select datacl::text from pg_database where datname = 'averment'"))
                .first()
                .asString()
                .doesNotContain("{=", ",=");
    }

    /** Who could become the owner could take the force off a table's policy. */
    @Test
    void the_administrator_is_left_without_a_way_to_be_the_owner() throws Exception {
        assertThat(asked("select pg_has_role('averment_admin', 'averment_owner', 'set')::text"))
                .containsExactly("false");
        assertThat(asked("select pg_has_role('averment_admin', 'averment_owner', 'usage')::text"))
                .containsExactly("false");
    }

    @Test
    void attributes_that_were_altered_are_set_right_and_what_needs_a_superuser_is_said() throws Exception {
        asSuperuser("alter role averment_worker nologin inherit");
        prepare();
        administered.connect(Role.WORKER.roleName()).close();
        asSuperuser("alter role averment_app bypassrls superuser");
        assertThatThrownBy(AdministratorTest::prepare)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("alter role averment_app nosuperuser nobypassrls;");
        new Preparation(data, superuser).run(authority());
        assertThat(asked("select rolsuper or rolbypassrls from pg_roles where rolname = 'averment_app'"))
                .containsExactly("f");
        prepare();
    }

    /** One statement of SQL that was injected into the application must not keep the server from starting. */
    @Test
    void what_a_role_set_for_itself_is_taken_back() throws Exception {
        try (Connection c = superuser.connect(Role.APP.roleName());
                Statement s = c.createStatement()) {
            s.execute("alter role averment_app set default_transaction_read_only = on");
        }
        prepare();
        assertThat(asked("select count(*) from pg_db_role_setting s join pg_roles r on r.oid = s.setrole"
                        + " where r.rolname like 'averment\\_%'"))
                .containsExactly("0");
    }

    @Test
    void no_password_reaches_the_log_of_statements() throws Exception {
        String log = Files.readString(data.path("run", "postgres.log"));
        assertThat(log).containsIgnoringCase("alter role averment_app password 'SCRAM-SHA-256$");
        for (Role role : Role.connecting()) {
            assertThat(log).doesNotContain(data.secret("role-" + role.roleName()));
        }
    }

    /** The example of RFC 7677: the server's signature there follows from this verifier. */
    @Test
    void a_verifier_is_the_one_of_the_standard() throws Exception {
        byte[] salt = java.util.Base64.getDecoder().decode("W22ZaJ0SNY7soEsUEjb6gQ==");
        String verifier = ScramVerifier.of("pencil", salt, 4096);
        assertThat(verifier).startsWith("SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$");
        var mac = javax.crypto.Mac.getInstance("HmacSHA256");
        byte[] key = java.util.Base64.getDecoder().decode(verifier.substring(verifier.lastIndexOf(':') + 1));
        mac.init(new javax.crypto.spec.SecretKeySpec(key, "HmacSHA256"));
        byte[] signature =
                mac.doFinal(("n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0")
                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(java.util.Base64.getEncoder().encodeToString(signature))
                .isEqualTo("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
    }
}
