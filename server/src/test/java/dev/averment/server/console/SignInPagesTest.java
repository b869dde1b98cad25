package dev.averment.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.AuthenticatorApp;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.Visitor;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Getting in and out by pages, in a browser without JavaScript. */
class SignInPagesTest {
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

    private static String cookie(Answer answer, String name) {
        return answer.header("set-cookie")
                .orElse("")
                .lines()
                .filter(line -> line.startsWith(name + "="))
                .findFirst()
                .orElse("");
    }

    @Asvs({"3.3.1", "3.3.2", "3.3.3", "3.3.4", "3.3.5", "7.2.4"})
    @Test
    void a_password_opens_a_session_whose_cookie_no_script_and_no_other_host_reads() throws Exception {
        Person person = Person.signedIn(server);
        var visitor = new Visitor(server);
        Answer answer = visitor.post("/sign-in", "email", person.email, "password", person.password);
        assertThat(answer.status()).isEqualTo(303);
        assertThat(answer.header("location")).hasValue("/workspaces");
        assertThat(cookie(answer, "__Host-session"))
                .matches("__Host-session=v1\\.\\S+; Path=/; Max-Age=\\d+; Secure; HttpOnly; SameSite=Strict")
                .hasSizeLessThan(4096);
        assertThat(answer.header("cache-control")).hasValue("no-store");

        String first = visitor.cookies.get("__Host-session");
        visitor.post("/sign-in", "email", person.email, "password", person.password);
        assertThat(visitor.cookies.get("__Host-session")).isNotEqualTo(first);
        var thief = new Visitor(server);
        thief.cookies.put("__Host-session", first);
        assertThat(thief.get("/settings/account").header("location"))
                .as("the session that the browser had before is over")
                .hasValue("/sign-in?next=/settings/account");
    }

    /** ASVS 6.3.8: text and status are the same; {@code EnumerationTest} looks at the work. */
    @Asvs({"6.3.8", "6.4.2"})
    @Test
    void a_wrong_password_and_an_unknown_address_look_alike() throws Exception {
        Person person = Person.signedIn(server);
        Answer wrong = new Visitor(server).post("/sign-in", "email", person.email, "password", "not this one at all");
        Answer unknown =
                new Visitor(server).post("/sign-in", "email", "nobody@example.test", "password", "not this one at all");
        assertThat(wrong.status()).isEqualTo(401).isEqualTo(unknown.status());
        assertThat(wrong.body().replace(person.email, "?"))
                .isEqualTo(unknown.body().replace("nobody@example.test", "?"));
        assertThat(wrong.body())
                .contains("Address and password don't fit together", person.email)
                .doesNotContain("not this one at all", "hint for your password");
        assertThat(wrong.header("set-cookie")).isEmpty();
        assertThat(field(wrong, "password")).contains("autofocus", "aria-invalid=\"true\"");
    }

    private static String field(Answer page, String name) {
        var matcher = Pattern.compile("<input id=\"" + name + "\"[^>]*>").matcher(page.body());
        assertThat(matcher.find()).as("field " + name + " in " + page.body()).isTrue();
        return matcher.group();
    }

    @Asvs({"6.2.6", "6.2.7"})
    @Test
    void fields_say_what_they_are_for_and_let_a_password_manager_fill_them() throws Exception {
        var visitor = new Visitor(server);
        Answer in = visitor.get("/sign-in");
        assertThat(field(in, "email")).contains("autocomplete=\"username\"");
        assertThat(field(in, "password")).contains("type=\"password\"", "autocomplete=\"current-password\"");
        Answer up = visitor.get("/sign-up");
        assertThat(field(up, "password")).contains("type=\"password\"", "autocomplete=\"new-password\"");
        assertThat(up.body()).doesNotContain("onpaste", "autocomplete=\"off\" name=\"password\"");
        assertThat(in.body()).contains("<noscript>", "hidden aria-controls=\"password\"");
    }

    @Asvs({"3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8", "14.3.2"})
    @Test
    void every_page_runs_its_own_script_alone_and_is_kept_by_no_cache() throws Exception {
        for (String path : List.of("/sign-in", "/sign-up", "/verify", "/reset", "/confirm-address", "/signed-out")) {
            Answer page = new Visitor(server).get(path);
            assertThat(page.status()).as(path).isEqualTo(200);
            assertThat(page.header("content-security-policy").orElse(""))
                    .contains("default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "data:", "*");
            assertThat(page.header("x-content-type-options")).hasValue("nosniff");
            assertThat(page.header("referrer-policy")).hasValue("same-origin");
            assertThat(page.header("cross-origin-opener-policy")).hasValue("same-origin");
            assertThat(page.header("cache-control")).hasValue("no-store");
            assertThat(page.body()).doesNotContainPattern("<script(?! src=)|\\son[a-z]+=|style=\"|javascript:");
        }
    }

    @Asvs("3.5.1")
    @Test
    void a_form_on_another_sites_page_changes_nothing_here() throws Exception {
        Person person = Person.signedIn(server);
        Visitor visitor = Visitor.as(person);
        for (List<String> from : List.of(
                List.of("Origin: https://evil.example"),
                List.of("Sec-Fetch-Site: cross-site"),
                List.of("Origin: null", "Sec-Fetch-Site: same-origin"),
                List.of("Origin: https://localhost:" + server.port(), "Sec-Fetch-Site: same-site"))) {
            for (String path : List.of("/sign-out", "/sign-in", "/settings/account/name", "/join", "/workspaces")) {
                assertThat(visitor.postFrom(from, path, "name", "Mallory").status())
                        .as(path + " " + from)
                        .isEqualTo(403);
            }
        }
        assertThat(visitor.get("/sign-in").status()).as("still signed in").isEqualTo(303);
    }

    @Asvs({"7.4.1", "7.4.4", "14.3.1"})
    @Test
    void signing_out_ends_the_session_and_leaves_nothing_behind() throws Exception {
        Visitor visitor = Visitor.as(Person.signedIn(server));
        String cookie = visitor.cookies.get("__Host-session");
        Answer out = visitor.post("/sign-out");
        assertThat(out.header("location")).hasValue("/signed-out");
        assertThat(out.header("clear-site-data")).hasValue("\"cache\", \"storage\"");
        assertThat(cookie(out, "__Host-session")).contains("Max-Age=0", "Secure", "HttpOnly");
        assertThat(visitor.cookies).isEmpty();
        visitor.cookies.put("__Host-session", cookie);
        assertThat(visitor.get("/settings/account").status()).isEqualTo(303);
        assertThat(visitor.get("/signed-out").body()).contains("You are signed out");
    }

    @Asvs("14.2.1")
    @Test
    void what_a_form_holds_is_not_taken_from_the_address() throws Exception {
        Person person = Person.signedIn(server);
        Answer answer = new Visitor(server)
                .post("/sign-in?" + Visitor.encoded("email", person.email, "password", person.password));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("set-cookie")).isEmpty();
        assertThat(new Visitor(server)
                        .post("/sign-in", "email", "a@b.example", "email", "c@d.example")
                        .status())
                .isEqualTo(400);
    }

    @Asvs("2.3.1")
    @Test
    void the_second_factor_is_asked_for_and_cannot_be_left_out() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        List<String> codes = List.of(person.send("POST", "/api/v1/account/factors/recovery-codes")
                .body()
                .replaceAll("[^0-9a-z,-]", "")
                .replace("codes", "")
                .split(","));
        var visitor = new Visitor(server);
        Answer first = visitor.post(
                "/sign-in", "email", person.email, "password", person.password, "next", "/settings/account");
        assertThat(first.header("location")).hasValue("/sign-in/second-factor?next=/settings/account");
        assertThat(visitor.cookies).containsKey("__Host-ticket").doesNotContainKey("__Host-session");
        assertThat(visitor.get("/settings/account").status())
                .as("no session yet")
                .isEqualTo(303);

        Answer page = visitor.follow(first);
        assertThat(field(page, "totp")).contains("autocomplete=\"one-time-code\"", "inputmode=\"numeric\"");
        assertThat(page.body()).contains("id=\"recovery-code\"").doesNotContain("data-passkey");
        Answer wrong = visitor.post("/sign-in/second-factor", "method", "totp", "totp", app.wrongCode());
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(field(wrong, "totp")).contains("aria-invalid");

        Answer in = visitor.post(
                "/sign-in/second-factor",
                "method",
                "recovery-code",
                "recovery-code",
                codes.getFirst(),
                "next",
                "/settings/account");
        assertThat(in.header("location")).hasValue("/settings/account");
        assertThat(visitor.cookies).containsKey("__Host-session").doesNotContainKey("__Host-ticket");

        assertThat(new Visitor(server).get("/sign-in/second-factor").header("location"))
                .hasValue("/sign-in?next=/workspaces");
        assertThat(new Visitor(server)
                        .post("/sign-in/second-factor", "method", "totp", "totp", app.code(1))
                        .body())
                .contains("Begin again");
    }

    @Test
    void nobody_is_sent_to_another_site_or_to_what_is_no_page() throws Exception {
        Person person = Person.signedIn(server);
        for (String next : List.of(
                "https://evil.example/",
                "//evil.example/settings",
                "/\\evil.example",
                "/settings/../api/v1/account",
                "/settings/%2e%2e",
                "/api/v1/account",
                "/settings/x?y=z",
                "javascript:alert(1)",
                "/settings\r\nX-Injected: yes")) {
            Answer answer = new Visitor(server)
                    .post("/sign-in", "email", person.email, "password", person.password, "next", next);
            assertThat(answer.header("location")).as(next).hasValue("/workspaces");
        }
    }

    @Test
    void an_account_is_made_confirmed_and_gets_a_new_password_by_mail() throws Exception {
        Person person = Person.stranger(server);
        var visitor = new Visitor(server);
        Answer short1 = visitor.post("/sign-up", "name", "Ada", "email", person.email, "password", "short");
        assertThat(short1.status()).isEqualTo(422);
        assertThat(short1.body())
                .contains("too short", "value=\"Ada\"", person.email)
                .doesNotContain("\"short\"");

        Answer made = visitor.post("/sign-up", "name", "Ada", "email", person.email, "password", person.password);
        assertThat(visitor.follow(made).body()).contains("Look into your mail");
        assertThat(visitor.post("/sign-in", "email", person.email, "password", person.password)
                        .body())
                .contains("not confirmed yet");
        assertThat(visitor.post("/verify", "code", "x".repeat(43)).status()).isEqualTo(400);
        Answer verified = visitor.post("/verify", "code", person.mailedCode());
        assertThat(visitor.follow(verified).body()).contains("Your address is confirmed");
        Visitor elsewhere = Visitor.as(person);

        assertThat(visitor.follow(visitor.post("/reset", "email", person.email)).body())
                .isEqualTo(visitor.follow(visitor.post("/reset", "email", "nobody@example.test"))
                        .body());
        String code = person.mailedCode();
        Answer bad = visitor.post("/reset/confirm", "code", code, "password", "password");
        assertThat(bad.status()).isEqualTo(422);
        assertThat(field(bad, "code")).as("the code is good still").contains(code);
        person.password = "eleven quiet walruses painting";
        Answer reset = visitor.post("/reset/confirm", "code", code, "password", person.password);
        assertThat(visitor.follow(reset).body()).contains("signed out everywhere");
        assertThat(elsewhere.get("/settings/account").status()).isEqualTo(303);
        Visitor.as(person);
    }

    @Test
    void pages_speak_german_to_those_who_ask_and_remember_who_chose() throws Exception {
        var visitor = new Visitor(server);
        visitor.language = "de-AT,de;q=0.9";
        assertThat(visitor.get("/sign-in").body()).contains("<html lang=\"de\">", "Passwort");
        assertThat(visitor.post("/sign-in", "email", "x", "password", "y").body())
                .contains("passen nicht zusammen");
        Answer chosen = visitor.get("/sign-in?lang=en");
        assertThat(chosen.body()).contains("<html lang=\"en\">");
        assertThat(cookie(chosen, "__Host-language")).contains("Secure; HttpOnly; SameSite=Lax");
        assertThat(visitor.get("/sign-up").body()).contains("<html lang=\"en\">");
        assertThat(visitor.get("/sign-up?lang=xx").header("set-cookie")).isEmpty();
    }

    @Test
    void a_link_on_another_site_has_the_browser_come_again_with_its_cookies() throws Exception {
        var visitor = new Visitor(server);
        Answer page = visitor.get("/settings/account", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("http-equiv=\"refresh\"").doesNotContain("/settings");
        assertThat(page.header("cache-control")).hasValue("no-store");
        assertThat(visitor.get("/settings/account", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate")
                        .status())
                .isEqualTo(303);
    }
}
