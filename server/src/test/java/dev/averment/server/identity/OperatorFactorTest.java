package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.AuthenticatorApp;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.ShiftedClock;
import dev.averment.server.fixture.SoftKey;
import dev.averment.server.fixture.SoftKey.Maker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators under the built-in page, which demands hardware of them (ASVS 6.3.3, 8.2.1, 8.3.2). */
class OperatorFactorTest {
    private static final ShiftedClock CLOCK = new ShiftedClock();
    private static final UUID MODEL = UUID.fromString("2fc0579f-8113-47ea-b116-bb5a8db9202a");
    private static final Maker TRUSTED = Maker.of("Locksmith", MODEL, CLOCK.instant());
    private static final String OPERATORS_ROUTE = "/api/v1/pages/self";

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(data.resolve("VERSION"), "1\n");
        Files.writeString(data.resolve("attestation-roots.pem"), TRUSTED.root());
        server = RunningServer.start(data, CLOCK);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** As docs/operating.md says: by SQL, as the database's owner, and by no other way. */
    private static void operator(Person person, boolean is) throws SQLException {
        var access = server.prepared().access();
        try (var c = access.connect(access.administrator());
                var s = c.prepareStatement("update identity.account set operator = ? where email = ?")) {
            s.setBoolean(1, is);
            s.setString(2, person.email);
            assertThat(s.executeUpdate()).isOne();
        }
    }

    private static void limited(Person person) throws Exception {
        for (String path : new String[] {OPERATORS_ROUTE, "/api/v1/account/sessions", "/api/v1/nothing"}) {
            Answer answer = person.get(path);
            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("enrol-factor");
        }
        assertThat(person.send("POST", "/api/v1/account/email", "email", "new@example.test")
                        .status())
                .isEqualTo(403);
        assertThat(person.get("/api/v1/account").status()).isEqualTo(200);
        assertThat(person.get("/api/v1/account/factors").status()).isEqualTo(200);
    }

    private static SoftKey hardware() {
        var key = new SoftKey("https://localhost:" + server.port(), TRUSTED);
        key.model = MODEL;
        return key;
    }

    @Asvs({"6.3.3", "8.2.1"})
    @Test
    void an_operator_without_a_factor_stops_at_its_enrolment() throws Exception {
        Person person = Person.signedIn(server);
        assertThat(person.get("/api/v1/account/sessions").status()).isEqualTo(200);
        assertThat(person.get(OPERATORS_ROUTE).status()).as("no operator").isEqualTo(404);
        operator(person, true);
        limited(person);
        Answer again = person.signIn();
        assertThat(again.body()).contains("\"next\":\"enrol-factor\"", "\"demanded\":\"hardware\"");
        limited(person);

        SoftKey key = hardware();
        Answer options = person.send("POST", "/api/v1/account/factors/passkeys/options");
        assertThat(options.body()).contains("\"attestation\":\"direct\"");
        assertThat(person.enrolPasskey(key).status()).isEqualTo(201);
        limited(person);
        assertThat(person.prove(key).status()).isEqualTo(204);
        assertThat(person.get(OPERATORS_ROUTE).status()).isEqualTo(200);
        assertThat(person.get("/api/v1/account/sessions").status()).isEqualTo(200);
    }

    @Test
    @Asvs({"8.4.2", "10.3.4"})
    void an_operator_with_an_authenticator_app_alone_is_refused() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        operator(person, true);
        CLOCK.nextStep();
        person.signIn();
        assertThat(person.secondFactor("totp", app.code()).body()).contains("\"next\":\"enrol-factor\"");
        limited(person);
        assertThat(person.refresh().status()).isEqualTo(200);
        limited(person);
    }

    @Test
    void a_passkey_that_may_be_a_program_is_refused_where_hardware_is_demanded() throws Exception {
        Person person = Person.signedIn(server);
        var program = new SoftKey("https://localhost:" + server.port());
        person.enrolPasskey(program);
        operator(person, true);
        assertThat(person.signIn(program).body()).contains("\"next\":\"enrol-factor\"");
        limited(person);
    }

    @Test
    void a_role_that_is_withdrawn_and_a_key_that_is_removed_count_at_once() throws Exception {
        Person person = Person.signedIn(server);
        SoftKey key = hardware();
        person.enrolPasskey(key);
        operator(person, true);
        assertThat(person.signIn(key).body()).contains("accessToken").doesNotContain("enrol-factor");
        assertThat(person.get(OPERATORS_ROUTE).status()).isEqualTo(200);
        operator(person, false);
        assertThat(person.get(OPERATORS_ROUTE).status()).isEqualTo(404);
        operator(person, true);
        String id = person.get("/api/v1/account/factors").body().replaceAll("(?s).*\"id\":\"([0-9a-f-]{36})\".*", "$1");
        assertThat(person.delete("/api/v1/account/factors/passkeys/" + id).status())
                .isEqualTo(204);
        limited(person);
    }
}
