package dev.averment.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.AuthenticatorApp;
import dev.averment.server.fixture.Browser;
import dev.averment.server.fixture.Browser.Seen;
import dev.averment.server.fixture.Person;
import dev.averment.server.identity.event.AuthOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a provider's word is worth as a proof that somebody is there now. */
class ProviderProofTest {
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
        scene.provider.asked = scene.clock::instant;
    }

    /** Whether the browser's session may do what takes a proof. */
    private static boolean fresh(Browser browser) throws Exception {
        int status =
                browser.openOnly(scene.here() + "/settings/account/deletion").status();
        assertThat(status).isIn(200, 303);
        return status == 200;
    }

    private static Seen prove(Browser browser) throws Exception {
        return browser.led(scene.here(), scene.here() + "/proof/with/acme?next=/settings/account/deletion");
    }

    @Test
    @Asvs({"7.5.1", "7.5.3"})
    void a_session_at_the_provider_is_no_proof_here() throws Exception {
        Instant asked = scene.clock.instant().minus(Duration.ofHours(1));
        scene.provider.asked = () -> asked;
        Browser browser = scene.browser();
        assertThat(scene.signIn(browser, "acme").address().getPath()).isEqualTo("/workspaces");
        assertThat(fresh(browser)).isFalse();
    }

    @Test
    @Asvs("7.5.1")
    void a_provider_that_does_not_say_when_it_asked_proves_nothing() throws Exception {
        scene.provider.asked = null;
        Browser browser = scene.browser();
        scene.signIn(browser, "acme");
        assertThat(fresh(browser)).isFalse();
        scene.entries.now();
        Seen end = prove(browser);
        assertThat(end.status()).as(end.toString()).isEqualTo(409);
        assertThat(scene.entries.since())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains(ProviderEntries.of(AuthOutcome.PROOF_REFUSED), "\"reason\":\"auth-time\"");
        assertThat(fresh(browser)).isFalse();
    }

    @Test
    void a_sign_in_for_which_the_provider_has_just_asked_counts_from_that_moment() throws Exception {
        Instant asked = scene.clock.instant().minus(Duration.ofMinutes(8));
        scene.provider.asked = () -> asked;
        Browser browser = scene.browser();
        scene.signIn(browser, "acme");
        assertThat(fresh(browser)).isTrue();
        scene.clock.skip(Duration.ofMinutes(3));
        assertThat(fresh(browser)).isFalse();
    }

    @Test
    void a_time_to_come_is_believed_as_little_as_none() throws Exception {
        scene.provider.asked = () -> scene.clock.instant().plus(Duration.ofHours(5));
        Browser browser = scene.browser();
        scene.signIn(browser, "acme");
        assertThat(fresh(browser)).isFalse();
    }

    @Test
    @Asvs({"7.5.1", "7.5.3"})
    void who_goes_through_the_provider_again_is_asked_anew_and_goes_on_to_what_took_the_proof() throws Exception {
        Browser browser = scene.browser();
        scene.signIn(browser, "acme");
        scene.clock.skip(Duration.ofHours(1));
        assertThat(fresh(browser)).isFalse();
        String before = scene.session(browser);
        scene.entries.now();
        Seen end = prove(browser);
        assertThat(end.address().getPath()).as(end.toString()).isEqualTo("/settings/account/deletion");
        assertThat(scene.provider.lastAsked).containsEntry("max_age", "0").containsEntry("prompt", "login");
        assertThat(fresh(browser)).isTrue();
        assertThat(scene.session(browser)).as("the cookie from before").isNotEqualTo(before);
        assertThat(scene.entries.since())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains(ProviderEntries.of(AuthOutcome.PROOF_REPEATED));
    }

    @Test
    void a_provider_that_asks_nobody_although_it_was_told_to_is_not_believed() throws Exception {
        Browser browser = scene.browser();
        scene.signIn(browser, "acme");
        Instant asked = scene.clock.instant();
        scene.provider.asked = () -> asked;
        scene.clock.skip(Duration.ofMinutes(11));
        assertThat(prove(browser).status()).isEqualTo(409);
        assertThat(fresh(browser)).isFalse();
    }

    @Test
    void somebody_else_at_the_provider_proves_nothing() throws Exception {
        Browser browser = scene.browser();
        scene.signIn(browser, "acme");
        scene.clock.skip(Duration.ofMinutes(11));
        scene.provider.honest();
        scene.provider.asked = scene.clock::instant;
        scene.entries.now();
        assertThat(prove(browser).status()).isEqualTo(409);
        assertThat(scene.entries.since())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains(ProviderEntries.of(AuthOutcome.PROOF_REFUSED), "\"reason\":\"somebody-else\"");
        assertThat(fresh(browser)).isFalse();
    }

    @Test
    void an_account_with_a_second_factor_shows_that_as_well() throws Exception {
        Person person = Person.signedIn(scene.server);
        scene.link(person);
        AuthenticatorApp app = person.enrolApp();
        Browser browser = scene.browser();
        Seen ticket = scene.signIn(browser, "acme");
        assertThat(ticket.address().getPath()).isEqualTo("/sign-in/second-factor");
        scene.clock.nextStep();
        browser.submit(ticket, Map.of("method", "totp", "totp", app.code()));
        scene.clock.skip(Duration.ofMinutes(11));
        assertThat(fresh(browser)).isFalse();
        Seen second = prove(browser);
        assertThat(second.address().getPath()).isEqualTo("/proof/second-factor");
        assertThat(fresh(browser)).as("by the provider alone").isFalse();
        scene.clock.nextStep();
        // Before it stands the one that signs out.
        String form = second.body().substring(second.body().indexOf("<form class=\"stack\""));
        Seen end = browser.submit(
                new Seen(second.address(), 200, Map.of(), form), Map.of("method", "totp", "totp", app.code()));
        assertThat(end.address().getPath()).as(end.toString()).isEqualTo("/settings/account/deletion");
        assertThat(fresh(browser)).isTrue();
    }
}
