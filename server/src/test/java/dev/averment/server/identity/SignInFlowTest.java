package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts and sessions as a program uses them, over HTTPS against a whole server. */
class SignInFlowTest {
    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Asvs({"3.3.1", "3.3.2", "3.3.3", "3.3.4", "7.2.2"})
    void a_person_signs_up_confirms_the_address_and_signs_in() throws Exception {
        Person person = Person.stranger(server);
        assertThat(person.signUp().status()).isEqualTo(202);
        assertThat(person.signIn().status()).isEqualTo(403);
        assertThat(person.post("/api/v1/auth/verify", "code", person.mailedCode())
                        .status())
                .isEqualTo(204);
        var answer = person.signIn();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("set-cookie").orElseThrow())
                .contains("__Host-refresh=", "Path=/", "Secure", "HttpOnly", "SameSite=Strict")
                .doesNotContain("Domain");
        assertThat(Person.member(person.get("/api/v1/account"), "email")).isEqualTo(person.email);
    }

    @Test
    @Asvs("6.5.1")
    void a_mailed_code_works_once() throws Exception {
        Person person = Person.stranger(server);
        person.signUp();
        String code = person.mailedCode();
        assertThat(person.post("/api/v1/auth/verify", "code", code).status()).isEqualTo(204);
        assertThat(person.post("/api/v1/auth/verify", "code", code).status()).isEqualTo(400);
    }

    @Test
    @Asvs("6.3.8")
    void a_wrong_address_and_a_wrong_password_get_the_same_answer() throws Exception {
        Person person = Person.signedIn(server);
        var wrong = person.post("/api/v1/auth/sign-in", "email", person.email, "password", "not the one at all");
        var unknown = person.post("/api/v1/auth/sign-in", "email", "nobody@example.test", "password", "not the one");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    @Asvs("6.3.8")
    void signing_up_again_is_answered_alike_and_told_to_the_mailbox() throws Exception {
        Person person = Person.stranger(server);
        var first = person.signUp();
        var second = person.signUp();
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(person.mail().orElseThrow()).contains("You already have an account");
    }

    @Test
    @Asvs({"7.4.1", "10.4.5"})
    void a_refresh_token_works_once_and_a_copy_ends_the_session() throws Exception {
        Person person = Person.signedIn(server);
        String first = person.refresh;
        assertThat(person.refresh().status()).isEqualTo(200);
        String second = person.refresh;
        assertThat(second).isNotEqualTo(first);
        assertThat(person.refresh().status()).isEqualTo(200);
        assertThat(person.get("/api/v1/account").status()).isEqualTo(200);
        assertThat(person.refresh(first).status()).isEqualTo(401);
        assertThat(person.get("/api/v1/account").status()).isEqualTo(401);
        assertThat(person.refresh().status()).isEqualTo(401);
        assertThat(person.mail().orElseThrow()).contains("a copy of its token was used");
    }

    @Test
    @Asvs("10.4.5")
    void a_second_tab_gets_the_same_token_again() throws Exception {
        Person person = Person.signedIn(server);
        String first = person.refresh;
        person.refresh();
        String second = person.refresh;
        var tab = person.refresh(first);
        assertThat(tab.status()).isEqualTo(200);
        assertThat(Person.cookie(tab, "__Host-refresh")).contains(second);
    }

    @Test
    @Asvs("9.1.1")
    void a_forged_refresh_token_ends_nothing() throws Exception {
        Person person = Person.signedIn(server);
        String forged = person.refresh.substring(0, person.refresh.length() - 4) + "AAAA";
        assertThat(person.refresh(forged).status()).isEqualTo(401);
        assertThat(person.refresh().status()).isEqualTo(200);
    }

    @Test
    @Asvs({"6.2.2", "6.2.3", "7.4.1", "7.4.3"})
    void a_new_password_ends_every_session() throws Exception {
        Person person = Person.signedIn(server);
        Person elsewhere = Person.stranger(server);
        String other = person.accessToken;
        person.signIn();
        assertThat(person.send(
                                "POST",
                                "/api/v1/account/password",
                                "current",
                                Person.PASSWORD,
                                "wanted",
                                "eleven green badgers whistling")
                        .status())
                .isEqualTo(204);
        assertThat(person.get("/api/v1/account").status()).isEqualTo(401);
        elsewhere.accessToken = other;
        assertThat(elsewhere.get("/api/v1/account").status()).isEqualTo(401);
        assertThat(person.signIn().status()).isEqualTo(401);
        person.password = "eleven green badgers whistling";
        assertThat(person.signIn().status()).isEqualTo(200);
    }

    @Test
    @Asvs({"6.4.1", "6.5.1", "7.4.3"})
    void a_forgotten_password_is_reset_by_mail_and_the_link_works_once() throws Exception {
        Person person = Person.signedIn(server);
        assertThat(person.post("/api/v1/auth/reset", "email", person.email).status())
                .isEqualTo(202);
        String code = person.mailedCode();
        assertThat(person.post("/api/v1/auth/reset/confirm", "code", code, "password", "short")
                        .status())
                .isEqualTo(422);
        assertThat(person.post("/api/v1/auth/reset/confirm", "code", code, "password", "nine silver herons dancing")
                        .status())
                .isEqualTo(204);
        assertThat(person.post("/api/v1/auth/reset/confirm", "code", code, "password", "nine silver herons dancing")
                        .status())
                .isEqualTo(400);
        assertThat(person.get("/api/v1/account").status()).isEqualTo(401);
        person.password = "nine silver herons dancing";
        assertThat(person.signIn().status()).isEqualTo(200);
    }

    @Test
    @Asvs({"7.5.2", "8.2.2", "8.3.1"})
    void somebody_elses_session_is_not_there() throws Exception {
        Person person = Person.signedIn(server);
        Person outsider = Person.signedIn(server);
        String session =
                person.get("/api/v1/account/sessions").body().replaceAll("(?s).*\"id\":\"([0-9a-f-]{36})\".*", "$1");
        assertThat(outsider.delete("/api/v1/account/sessions/" + session).status())
                .isEqualTo(404);
        assertThat(person.get("/api/v1/account").status()).isEqualTo(200);
    }

    @Test
    @Asvs({"8.2.3", "15.3.3"})
    void a_member_that_is_not_asked_for_is_refused() throws Exception {
        Person person = Person.signedIn(server);
        assertThat(person.send("PATCH", "/api/v1/account", "name", "New Name", "operator", "true")
                        .status())
                .isEqualTo(400);
        assertThat(person.get("/api/v1/account").body()).contains("\"operator\":false", "Pat Person");
    }

    @Test
    @Asvs("3.5.1")
    void another_sites_page_can_send_nothing() throws Exception {
        Person person = Person.signedIn(server);
        var answer = server.json(
                "PATCH",
                "/api/v1/account",
                "{\"name\":\"Mallory\"}",
                "Authorization: Bearer " + person.accessToken,
                "Origin: https://evil.example");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(person.get("/api/v1/account").body()).contains("Pat Person");
    }
}
