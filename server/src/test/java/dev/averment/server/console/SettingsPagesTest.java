package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.AuthenticatorApp;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.ShiftedClock;
import dev.averment.server.fixture.Visitor;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody's own account, factors and sessions by pages, without JavaScript. */
class SettingsPagesTest {
    private static final ShiftedClock CLOCK = new ShiftedClock();

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, CLOCK);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static AuthenticatorApp enrolApp(Visitor visitor) throws Exception {
        CLOCK.nextStep();
        Answer picture = visitor.post("/settings/security/app");
        assertThat(picture.status()).as(picture.body()).isEqualTo(200);
        assertThat(picture.body()).contains("<svg", "otpauth://totp/");
        assertThat(picture.header("cache-control")).hasValue("no-store");
        Matcher seed = Pattern.compile("<code id=\"seed\">([^<]*)</code>").matcher(picture.body());
        assertThat(seed.find()).isTrue();
        var app = new AuthenticatorApp(
                seed.group(1).replace(" ", ""), server.prepared().clock());
        Answer wrong = visitor.post("/settings/security/app/confirm", "code", app.wrongCode());
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).contains("not the code of the app that waits").doesNotContain("otpauth");
        String before = visitor.cookies.get("__Host-session");
        Answer done = visitor.post("/settings/security/app/confirm", "code", app.code());
        assertThat(done.header("location")).hasValue("/settings/security?done=app-enrolled");
        assertThat(visitor.cookies.get("__Host-session"))
                .as("the cookie of before the factor is dead")
                .isNotEqualTo(before);
        return app;
    }

    @Test
    void a_name_is_changed_and_what_cannot_be_one_is_kept_for_mending() throws Exception {
        Visitor visitor = Visitor.as(Person.signedIn(server));
        assertThat(visitor.follow(visitor.post("/settings/account/name", "name", "Ada <i>L</i>"))
                        .body())
                .contains("Your name is changed", "value=\"Ada &lt;i>L&lt;/i>\"");
        Answer bad = visitor.post("/settings/account/name", "name", "a\u202eb");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(bad.body()).contains("1 to 200 characters", "autofocus aria-invalid");
        assertThat(visitor.get("/settings").header("location")).hasValue("/settings/account");
    }

    @Asvs({"7.4.4", "3.4.3", "14.3.2"})
    @Test
    void every_page_of_a_session_offers_to_sign_out_and_is_kept_by_no_cache() throws Exception {
        Visitor visitor = Visitor.as(Person.signedIn(server));
        for (String path : List.of(
                "/workspaces",
                "/settings/account",
                "/settings/account/address",
                "/settings/account/password",
                "/settings/account/deletion",
                "/settings/sessions",
                "/settings/security",
                "/settings/security/app",
                "/settings/security/recovery-codes",
                "/settings/security/passkeys/new",
                "/proof",
                "/join",
                "/verify",
                "/reset")) {
            Answer page = visitor.get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.body()).as(path).contains("action=\"/sign-out\"");
            assertThat(page.header("cache-control")).as(path).hasValue("no-store");
            assertThat(page.header("content-security-policy").orElse("")).contains("default-src 'none'");
        }
    }

    @Asvs("7.5.1")
    @Test
    void what_could_take_an_account_away_wants_a_fresh_proof() throws Exception {
        Person person = Person.signedIn(server);
        Visitor visitor = Visitor.as(person);
        CLOCK.skip(Duration.ofMinutes(11));
        for (String path : List.of(
                "/settings/account/address",
                "/settings/account/deletion",
                "/settings/security/app",
                "/settings/security/recovery-codes",
                "/settings/security/passkeys/new")) {
            assertThat(visitor.get(path).header("location")).as(path).hasValue("/proof?next=" + path);
        }
        assertThat(visitor.post("/settings/security/app").header("location"))
                .hasValue("/proof?next=/settings/security/app");
        assertThat(visitor.post("/settings/account/deletion", "typed", person.email)
                        .header("location"))
                .hasValue("/proof?next=/settings/account/deletion");
        assertThat(visitor.post("/proof", "password", "not this one at all").body())
                .contains("This is not your password");
        String before = visitor.cookies.get("__Host-session");
        Answer proven = visitor.post("/proof", "password", person.password, "next", "/settings/account/address");
        assertThat(proven.header("location")).hasValue("/settings/account/address?done=proven");
        assertThat(visitor.follow(proven).status()).isEqualTo(200);
        var thief = new Visitor(server);
        thief.cookies.put("__Host-session", before);
        assertThat(thief.get("/settings/account").status()).isEqualTo(303);
    }

    @Test
    void an_address_is_changed_by_its_mailbox() throws Exception {
        Person person = Person.signedIn(server);
        Visitor visitor = Visitor.as(person);
        Person renamed = Person.stranger(server);
        assertThat(visitor.post("/settings/account/address", "email", "nonsense")
                        .body())
                .contains("This is no mail address", "value=\"nonsense\"");
        assertThat(visitor.follow(visitor.post("/settings/account/address", "email", renamed.email))
                        .body())
                .contains("Look into the new mailbox", person.email);
        assertThat(visitor.follow(visitor.post("/confirm-address", "code", renamed.mailedCode()))
                        .body())
                .contains("Your account has its new address now", renamed.email);
    }

    @Asvs({"6.2.2", "6.2.3"})
    @Test
    void a_changed_password_signs_out_everywhere() throws Exception {
        Person person = Person.signedIn(server);
        Visitor visitor = Visitor.as(person);
        Visitor elsewhere = Visitor.as(person);
        Answer wrong =
                visitor.post("/settings/account/password", "current", "not it", "wanted", "nine brave llamas knitting");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body()).contains("This is not your password").doesNotContain("llamas");
        assertThat(visitor.post("/settings/account/password", "current", person.password, "wanted", "short")
                        .body())
                .contains("id=\"wanted-mistake\"");
        Answer done = visitor.post(
                "/settings/account/password", "current", person.password, "wanted", "nine brave llamas knitting");
        assertThat(done.header("location")).hasValue("/sign-in?done=password-set");
        assertThat(done.header("clear-site-data")).isPresent();
        assertThat(elsewhere.get("/settings/account").status()).isEqualTo(303);
    }

    @Asvs("7.5.2")
    @Test
    void sessions_are_listed_and_ended_one_by_one_and_all_together() throws Exception {
        Person person = Person.signedIn(server);
        Visitor here = Visitor.as(person);
        Visitor there = Visitor.as(person);
        Answer list = here.get("/settings/sessions");
        List<String> ends = new ArrayList<>();
        Matcher forms = Pattern.compile("action=\"(/settings/sessions/[0-9a-f-]{36}/end)\"")
                .matcher(list.body());
        while (forms.find()) {
            ends.add(forms.group(1));
        }
        assertThat(ends).as("the API's and the other browser's, not this one").hasSize(2);
        assertThat(list.body()).contains("this one");
        assertThat(Visitor.as(Person.signedIn(server)).post(ends.getFirst()).status())
                .as("somebody else's session does not exist")
                .isEqualTo(404);
        for (String end : ends) {
            assertThat(here.follow(here.post(end)).body()).contains("The session has ended");
        }
        assertThat(there.get("/settings/account").status()).isEqualTo(303);
        Answer all = here.post("/settings/sessions/end-all");
        assertThat(here.follow(all).body()).contains("You are signed out everywhere");
        assertThat(here.get("/settings/account").status()).isEqualTo(303);
    }

    @Asvs({"6.5.6", "7.4.3"})
    @Test
    void an_app_and_recovery_codes_come_and_go() throws Exception {
        Person person = Person.signedIn(server);
        Visitor visitor = Visitor.as(person);
        Visitor elsewhere = Visitor.as(person);
        assertThat(visitor.post("/settings/security/recovery-codes").body()).contains("stand in for a second factor");
        AuthenticatorApp app = enrolApp(visitor);
        assertThat(elsewhere.get("/settings/account").status()).isEqualTo(303);
        Answer codes = visitor.post("/settings/security/recovery-codes");
        assertThat(Pattern.compile("<li><code>[0-9a-z-]{29}</code></li>")
                        .matcher(codes.body())
                        .results())
                .hasSize(10);
        assertThat(visitor.get("/settings/security").body()).contains("10 are left", "In use since");

        CLOCK.skip(Duration.ofMinutes(11));
        Answer first = visitor.post("/proof", "password", person.password, "next", "/settings/security/app/removal");
        assertThat(first.header("location")).hasValue("/proof/second-factor?next=/settings/security/app/removal");
        assertThat(visitor.get("/settings/security/app").status()).as("not yet").isEqualTo(303);
        assertThat(visitor.follow(first).body()).contains("id=\"totp\"");
        assertThat(visitor.post("/proof/second-factor", "method", "totp", "totp", app.wrongCode())
                        .status())
                .isEqualTo(401);
        Answer second = visitor.post(
                "/proof/second-factor", "method", "totp", "totp", app.code(), "next", "/settings/security/app/removal");
        Answer removal = visitor.follow(second);
        assertThat(removal.body()).contains("Its codes sign you in no longer", "Your other sessions end");
        assertThat(visitor.follow(visitor.post("/settings/security/app/removal"))
                        .body())
                .contains("The authenticator app is removed")
                .doesNotContain("are left");
    }

    @Test
    void an_account_is_deleted_by_typing_its_address() throws Exception {
        Person person = Person.signedIn(server);
        Visitor visitor = Visitor.as(person);
        String workspace =
                visitor.post("/workspaces", "name", "Alone").header("location").orElseThrow();
        Answer mistyped = visitor.post("/settings/account/deletion", "typed", "somebody@else.test");
        assertThat(mistyped.status()).isEqualTo(422);
        assertThat(mistyped.body()).contains("Nobody can bring them back", "not what stands beside the field");
        assertThat(visitor.post("/settings/account/deletion", "typed", person.email)
                        .body())
                .as("the only owner of " + workspace)
                .contains("at least one owner");

        Person alone = Person.signedIn(server);
        Visitor goes = Visitor.as(alone);
        assertThat(goes.follow(goes.post(
                                "/settings/account/deletion",
                                "typed",
                                " " + alone.email.toUpperCase(java.util.Locale.ROOT)))
                        .body())
                .contains("Your account is deleted");
        assertThat(goes.post("/sign-in", "email", alone.email, "password", alone.password)
                        .status())
                .isEqualTo(401);
    }

    private static void operator(Person person) throws SQLException {
        var access = server.prepared().access();
        try (var c = access.connect(access.administrator());
                var s = c.prepareStatement("update identity.account set operator = true where email = ?")) {
            s.setString(1, person.email);
            assertThat(s.executeUpdate()).isOne();
        }
    }

    @Test
    void an_operator_stops_at_the_enrolment_of_the_factor_that_the_page_demands() throws Exception {
        Person person = Person.signedIn(server);
        operator(person);
        var visitor = new Visitor(server);
        Answer in = visitor.post("/sign-in", "email", person.email, "password", person.password);
        assertThat(in.header("location")).hasValue("/settings/security");
        assertThat(visitor.follow(in).body()).contains("passkey in hardware of a trusted maker", "/sign-out");
        for (String path : List.of("/workspaces", "/settings/account", "/settings/sessions")) {
            assertThat(visitor.get(path).header("location")).as(path).hasValue("/settings/security");
        }
        assertThat(visitor.post("/workspaces", "name", "Mine").header("location"))
                .hasValue("/settings/security");
        enrolApp(visitor);
        assertThat(visitor.get("/workspaces").header("location"))
                .as("an app is no hardware")
                .hasValue("/settings/security");
        assertThat(visitor.post("/sign-out").header("location")).hasValue("/signed-out");
    }

    @Test
    void nobody_elses_passkey_exists() throws Exception {
        Visitor visitor = Visitor.as(Person.signedIn(server));
        String path = "/settings/security/passkeys/" + java.util.UUID.randomUUID();
        assertThat(visitor.get(path).status()).isEqualTo(404);
        assertThat(visitor.post(path, "name", "Mine").status()).isEqualTo(404);
        assertThat(visitor.get(path + "/removal").status()).isEqualTo(404);
        assertThat(visitor.post(path + "/removal").status()).isEqualTo(404);
        assertThat(visitor.get("/settings/security/passkeys/%00").status()).isEqualTo(400);
    }
}
