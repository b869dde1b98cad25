package dev.averment.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.AuthenticatorApp;
import dev.averment.server.fixture.Browser;
import dev.averment.server.fixture.Browser.Seen;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.identity.event.AuthOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may be whom: links are made by an account's own person, and by no address. */
class ProviderLinksTest {
    @TempDir
    private static Path folder;

    private static ProviderScene scene;

    @BeforeAll
    static void start() throws Exception {
        scene = new ProviderScene(folder);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @BeforeEach
    void anew() {
        scene.clock.skip(Duration.ofHours(2));
        scene.provider.honest();
    }

    private static void unmatched(Browser browser, Seen seen, String reason) {
        assertThat(seen.status()).as(seen.toString()).isEqualTo(409);
        assertThat(scene.session(browser)).isEmpty();
        assertThat(scene.entries.since())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains(ProviderEntries.of(AuthOutcome.PROVIDER_UNMATCHED), "\"reason\":\"" + reason + "\"");
    }

    private static void linkRefused(Seen seen, int status, String reason) {
        assertThat(seen.status()).as(seen.toString()).isEqualTo(status);
        assertThat(scene.entries.since())
                .anyMatch(e -> e.contains(ProviderEntries.of(AuthOutcome.PROVIDER_LINK_REFUSED))
                        && e.contains("\"reason\":\"" + reason + "\""))
                .noneMatch(e -> e.contains(ProviderEntries.of(AuthOutcome.PROVIDER_LINKED)));
    }

    @Test
    @Asvs({"6.8.1", "10.5.2"})
    void a_person_links_and_signs_in_to_the_same_account_whatever_the_address_there() throws Exception {
        Person person = Person.signedIn(scene.server);
        String first = person.accessToken;
        person.signIn();
        Seen end = scene.link(person);
        assertThat(end.address().getPath()).isEqualTo("/pages/self");
        assertThat(person.mail().orElseThrow()).contains("was linked with one of Acme");
        String other = person.accessToken;
        person.accessToken = first;
        assertThat(person.get("/api/v1/account").status())
                .as("the other session")
                .isEqualTo(401);
        person.accessToken = other;
        assertThat(person.get("/api/v1/account/links").body())
                .contains("\"provider\":\"acme\"", "\"label\":\"" + scene.provider.email() + "\"");

        Browser browser = scene.browser();
        scene.provider.claims = c -> c.claim("email", "moved@elsewhere.test").claim("email_verified", false);
        scene.signIn(browser, "acme");
        assertThat(scene.account(browser)).contains("\"email\":\"" + person.email + "\"");
    }

    @Test
    @Asvs("6.8.1")
    void an_address_opens_no_account_however_well_it_is_confirmed() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.provider.claims = c -> c.claim("email", person.email);
        Browser browser = scene.browser();
        scene.entries.now();
        Seen seen = scene.signIn(browser, "acme");
        unmatched(browser, seen, "address-taken");
        assertThat(seen.body()).contains("Sign in to it as before, then link the provider");
        assertThat(person.get("/api/v1/account/links").body()).contains("\"links\":[]");
    }

    @Test
    @Asvs("6.8.1")
    void somebody_else_at_the_provider_with_the_same_address_is_somebody_else() throws Exception {
        Browser browser = scene.browser();
        String email = scene.provider.email();
        scene.signIn(browser, "acme");
        scene.provider.honest();
        scene.provider.claims = c -> c.claim("email", email);
        Browser other = scene.browser();
        scene.entries.now();
        unmatched(other, scene.signIn(other, "acme"), "address-taken");
    }

    @Test
    void an_address_that_is_not_confirmed_makes_no_account() throws Exception {
        for (Object confirmed : Arrays.asList(false, "true", 1, null)) {
            scene.provider.claims = c -> c.claim("email_verified", confirmed);
            Browser browser = scene.browser();
            scene.entries.now();
            unmatched(browser, scene.signIn(browser, "acme"), "address-unconfirmed");
        }
        scene.provider.claims = c -> c.claim("email", null);
        Browser browser = scene.browser();
        scene.entries.now();
        unmatched(browser, scene.signIn(browser, "acme"), "address-unconfirmed");
    }

    @Test
    @Asvs("7.5.1")
    void linking_wants_a_fresh_proof_when_it_begins_and_when_it_ends() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.clock.skip(Duration.ofMinutes(9));
        Answer begun = scene.begin(person, "acme");
        assertThat(begun.status()).isEqualTo(200);
        scene.clock.skip(Duration.ofMinutes(2));
        Answer late = scene.begin(person, "acme");
        assertThat(late.status()).isEqualTo(403);
        assertThat(late.body()).contains("proof-needed");
        assertThat(late.header("set-cookie")).isEmpty();
        scene.entries.now();
        linkRefused(scene.go(scene.browser(), begun, "Lax"), 403, "proof");
        assertThat(person.prove().status()).isEqualTo(204);
        assertThat(scene.link(person).address().getPath()).isEqualTo("/pages/self");
    }

    @Test
    void a_link_is_made_for_the_session_that_asked_and_for_no_other() throws Exception {
        Person person = Person.signedIn(scene.server);
        Answer begun = scene.begin(person, "acme");
        Browser somebodyElses = scene.browser();
        scene.signIn(somebodyElses, "acme");
        scene.provider.honest();
        scene.entries.now();
        linkRefused(scene.go(somebodyElses, begun, "Lax"), 400, "session");

        Answer again = scene.begin(person, "acme");
        person.send("POST", "/api/v1/account/sign-out");
        scene.entries.now();
        linkRefused(scene.go(scene.browser(), again, "Lax"), 400, "session");
    }

    /** Whoever is thrown out must be out, whatever he had begun. */
    @Test
    @Asvs({"7.4.3", "2.3.4"})
    void what_was_begun_by_a_link_is_over_when_it_is_removed() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.link(person);
        String link = "/api/v1/account/links/"
                + scene.linkId(person.get("/api/v1/account/links").body());
        AuthenticatorApp app = person.enrolApp();
        Browser waiting = scene.browser();
        Seen ticket = scene.signIn(waiting, "acme");
        assertThat(ticket.address().getPath()).isEqualTo("/sign-in/second-factor");
        Browser returned = scene.browser();
        Seen away = returned.openOnly(scene.here() + "/sign-in/with/acme");
        Seen back = returned.ledOnly(scene.here(), away.header("location").getFirst());
        returned.ledOnly(scene.provider.issuer, back.header("location").getFirst());

        assertThat(person.delete(link).status()).isEqualTo(204);

        scene.clock.nextStep();
        Seen end = waiting.submit(ticket, Map.of("method", "totp", "totp", app.code()));
        assertThat(scene.session(waiting)).as(end.toString()).isEmpty();
        Seen on = returned.ledOnly(scene.here(), scene.here() + "/sign-in/with/acme/continue");
        assertThat(on.status()).as(on.toString()).isEqualTo(400);
        assertThat(scene.session(returned)).isEmpty();
    }

    @Test
    @Asvs({"7.4.3", "2.3.4", "15.4.2"})
    void a_sign_in_that_waits_while_its_link_is_removed_opens_nothing() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.link(person);
        Browser browser = scene.browser();
        Seen away = browser.openOnly(scene.here() + "/sign-in/with/acme");
        Seen back = browser.ledOnly(scene.here(), away.header("location").getFirst());
        browser.ledOnly(scene.provider.issuer, back.header("location").getFirst());
        var access = scene.server.prepared().access();
        try (var c = access.connect(access.administrator());
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            c.setAutoCommit(false);
            // Somebody removes the link, and has not finished yet.
            try (var s = c.prepareStatement("select 1 from identity.account where email = ? for update")) {
                s.setString(1, person.email);
                s.executeQuery();
            }
            Future<Seen> end =
                    threads.submit(() -> browser.ledOnly(scene.here(), scene.here() + "/sign-in/with/acme/continue"));
            try (var s = c.prepareStatement("""
                    select count(*) from pg_stat_activity
                     where datname = current_database() and wait_event_type = 'Lock' and usename = 'averment_auth'""")) {
                boolean waits = false;
                while (!waits && !end.isDone()) {
                    try (var r = s.executeQuery()) {
                        r.next();
                        waits = r.getInt(1) > 0;
                    }
                }
                assertThat(waits).as(end.toString()).isTrue();
            }
            try (var s = c.prepareStatement("""
                    delete from identity.provider_link where account_id =
                           (select account_id from identity.account where email = ?)""")) {
                s.setString(1, person.email);
                s.executeUpdate();
            }
            c.commit();
            assertThat(end.get().status()).as(end.get().toString()).isEqualTo(409);
        }
        assertThat(scene.session(browser)).isEmpty();
    }

    @Test
    @Asvs("6.4.3")
    void the_mail_about_a_new_password_says_who_can_still_sign_in() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.link(person);
        Person.stranger(scene.server).post("/api/v1/auth/reset", "email", person.email);
        String code = scene.mails(person.email).stream()
                .filter(m -> m.contains("Choose a new password"))
                .map(m -> m.replaceAll("(?s).*#([A-Za-z0-9_-]{43}).*", "$1"))
                .findFirst()
                .orElseThrow();
        person.post("/api/v1/auth/reset/confirm", "code", code, "password", "nine silver herons dancing");
        assertThat(scene.mails(person.email))
                .anyMatch(m -> m.replaceAll("\\s+", " ").contains("These can still sign in to it: Acme."));
    }

    @Test
    void one_person_at_a_provider_is_one_account_here() throws Exception {
        Person first = Person.signedIn(scene.server);
        Person second = Person.signedIn(scene.server);
        scene.link(first);
        scene.entries.now();
        linkRefused(scene.link(second), 409, "of-another-account");
        assertThat(scene.begin(first, "acme").body()).contains("linked-already");
        assertThat(scene.begin(first, "nobody").status()).isEqualTo(404);
    }

    @Test
    void the_only_way_in_can_not_be_removed() throws Exception {
        Browser browser = scene.browser();
        scene.signIn(browser, "acme");
        String email = scene.provider.email();
        String link = "/api/v1/account/links/"
                + scene.linkId(scene.withCookie("GET", "/api/v1/account/links", browser)
                        .body());
        scene.entries.now();
        Answer refused = scene.withCookie("DELETE", link, browser);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body()).contains("last-way-in");
        assertThat(scene.entries.since())
                .anyMatch(e -> e.contains(ProviderEntries.of(AuthOutcome.PROVIDER_UNLINK_REFUSED)));

        Person person = Person.stranger(scene.server);
        person.post("/api/v1/auth/reset", "email", email);
        String code = scene.mails(email).stream()
                .filter(m -> m.contains("Choose a new password"))
                .findFirst()
                .orElseThrow()
                .replaceAll("(?s).*#([A-Za-z0-9_-]{43}).*", "$1");
        assertThat(person.post("/api/v1/auth/reset/confirm", "code", code, "password", Person.PASSWORD)
                        .status())
                .isEqualTo(204);
        assertThat(scene.withCookie("DELETE", link, browser).status())
                .as("the reset ended the session")
                .isEqualTo(401);
        Browser again = scene.browser();
        scene.signIn(again, "acme");
        Browser meanwhile = scene.browser();
        scene.signIn(meanwhile, "acme");
        assertThat(scene.withCookie("DELETE", link, again).status()).isEqualTo(204);
        assertThat(scene.mails(email)).anyMatch(m -> m.contains("with one of Acme was removed"));
        assertThat(scene.withCookie("GET", "/api/v1/account", meanwhile).status())
                .as("a session that the link has opened")
                .isEqualTo(401);
        Browser stranger = scene.browser();
        scene.entries.now();
        unmatched(stranger, scene.signIn(stranger, "acme"), "address-taken");
    }

    @Test
    void removing_a_link_wants_a_fresh_proof_and_ones_own_link() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.link(person);
        String link = "/api/v1/account/links/"
                + scene.linkId(person.get("/api/v1/account/links").body());
        Person outsider = Person.signedIn(scene.server);
        assertThat(outsider.delete(link).status()).isEqualTo(404);
        scene.clock.skip(Duration.ofMinutes(11));
        assertThat(person.delete(link).status()).isEqualTo(403);
        assertThat(person.get("/api/v1/account/links").body()).contains("acme");
    }

    @Test
    @Asvs({"6.3.4", "6.8.4"})
    void a_second_factor_is_asked_for_whatever_the_provider_says_of_its_own() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.link(person);
        AuthenticatorApp app = person.enrolApp();
        scene.clock.nextStep();
        scene.provider.claims =
                c -> c.claim("amr", java.util.List.of("mfa", "otp", "hwk")).claim("acr", "aal3");
        Browser browser = scene.browser();
        Seen end = scene.signIn(browser, "acme");
        assertThat(end.address().getPath()).isEqualTo("/sign-in/second-factor");
        assertThat(scene.session(browser)).isEmpty();
        person.ticket = browser.cookie("localhost", "__Host-ticket").orElseThrow();
        person.accessToken = "";
        person.secondFactor("totp", app.code());
        assertThat(person.get("/api/v1/account").status()).isEqualTo(200);
        assertThat(person.get("/api/v1/account/sessions").body()).contains("\"factors\":[\"provider\",\"totp\"]");
    }

    @Test
    void a_provider_is_not_the_factor_that_the_page_demands_of_operators() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.link(person);
        scene.sql("update identity.account set operator = true where email = ?", person.email);
        Browser browser = scene.browser();
        scene.entries.now();
        scene.signIn(browser, "acme");
        assertThat(scene.entries.since())
                .anyMatch(e -> e.contains(ProviderEntries.of(AuthOutcome.OPERATOR_FACTOR_MISSING)));
        Answer answer = scene.withCookie("GET", "/api/v1/pages/self", browser);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("enrol-factor");
    }

    @Test
    @Asvs({"7.1.3", "7.6.1"})
    void a_session_lives_as_long_as_any_other_whatever_goes_on_at_the_provider() throws Exception {
        Browser browser = scene.browser();
        scene.signIn(browser, "acme");
        scene.clock.skip(Duration.ofHours(23));
        assertThat(scene.withCookie("GET", "/api/v1/account", browser).status()).isEqualTo(200);
        scene.clock.skip(Duration.ofHours(25));
        assertThat(scene.withCookie("GET", "/api/v1/account", browser).status()).isEqualTo(401);
    }

    @Test
    void a_shut_account_stays_shut() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.link(person);
        scene.sql("update identity.account set disabled_at = now() where email = ?", person.email);
        Browser browser = scene.browser();
        assertThat(scene.signIn(browser, "acme").status()).isEqualTo(403);
        assertThat(scene.session(browser)).isEmpty();
    }

    @Test
    void who_deletes_the_account_is_known_no_more() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.link(person);
        person.delete("/api/v1/account");
        Browser browser = scene.browser();
        scene.signIn(browser, "acme");
        assertThat(scene.account(browser)).contains("\"email\":\"" + scene.provider.email() + "\"");
    }

    @Test
    void anybody_may_see_which_providers_there_are() throws Exception {
        Answer answer = scene.server.https("GET", "/api/v1/auth/providers");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "\"id\":\"acme\"",
                        "\"name\":\"Acme\"",
                        "\"start\":\"/sign-in/with/acme\"",
                        "\"kind\":\"apple\"")
                .doesNotContain("secret", "client", "127.0.0.1");
    }
}
