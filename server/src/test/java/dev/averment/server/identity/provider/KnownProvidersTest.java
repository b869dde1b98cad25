package dev.averment.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Browser;
import dev.averment.server.fixture.Browser.Seen;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Google and Apple do that the standard leaves open. */
class KnownProvidersTest {
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
        scene.google.honest();
        scene.apple.honest();
    }

    /** As far as Apple's page, with the form that it has the browser send. */
    private static Seen form(Browser browser) throws Exception {
        return browser.open(scene.here() + "/sign-in/with/apple?next=/workspaces");
    }

    @Test
    void apple_answers_by_a_form_from_its_own_page_and_the_session_is_opened_on_ours() throws Exception {
        Browser browser = scene.browser();
        Seen form = form(browser);
        assertThat(form.address().getRawQuery()).contains("response_mode=form_post", "code_challenge_method=S256");
        Seen back = browser.submit(form, Map.of());
        assertThat(back.address().getPath()).as(back.toString()).isEqualTo("/workspaces");
        assertThat(scene.account(browser)).contains(scene.apple.email());
    }

    @Test
    @Asvs({"10.1.2", "10.2.1"})
    void apples_form_is_good_in_the_browser_that_asked_and_in_no_other() throws Exception {
        Seen form = form(scene.browser());
        Browser victim = scene.browser();
        Seen seen = victim.submit(form, Map.of());
        assertThat(seen.status()).isEqualTo(400);
        assertThat(scene.session(victim)).isEmpty();
    }

    @Test
    void the_cookie_of_a_sign_in_is_lax_but_for_apple_and_lasts_ten_minutes() throws Exception {
        for (String id : new String[] {"acme", "google", "apple"}) {
            String cookie = scene.server
                    .https("GET", "/sign-in/with/" + id, "Sec-Fetch-Site: same-origin")
                    .header("set-cookie")
                    .orElseThrow();
            assertThat(cookie)
                    .startsWith("__Host-flow=")
                    .contains("; Path=/;", "Secure", "HttpOnly", "Max-Age=600;")
                    .endsWith("SameSite=" + (id.equals("apple") ? "None" : "Lax"));
        }
    }

    @Test
    void apple_gets_a_secret_that_is_signed_for_five_minutes() throws Exception {
        Browser browser = scene.browser();
        browser.submit(form(browser), Map.of());
        SignedJWT secret = SignedJWT.parse(scene.apple.tokenRequest.get("client_secret"));
        assertThat(secret.verify(new ECDSAVerifier((ECPublicKey) ProviderScene.APPLE_KEY.getPublic())))
                .isTrue();
        assertThat(secret.getHeader().getKeyID()).isEqualTo("KEY1234567");
        var claims = secret.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("TEAM123456");
        assertThat(claims.getSubject()).isEqualTo("client-of-apple");
        assertThat(claims.getAudience()).containsExactly(scene.apple.issuer);
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void apple_may_write_that_an_address_is_confirmed_as_a_text() throws Exception {
        scene.apple.claims = c -> c.claim("email_verified", "true");
        Browser browser = scene.browser();
        browser.submit(form(browser), Map.of());
        assertThat(scene.account(browser)).contains(scene.apple.email());
        scene.apple.honest();
        scene.apple.claims = c -> c.claim("email_verified", "false");
        Browser other = scene.browser();
        assertThat(other.submit(form(other), Map.of()).status()).isEqualTo(409);
    }

    @Test
    void google_answers_for_its_own_addresses_and_those_of_its_workspaces() throws Exception {
        Browser foreign = scene.browser();
        assertThat(scene.signIn(foreign, "google").status()).isEqualTo(409);
        scene.google.claims = c -> c.claim("email", "someone@gmail.com.evil.example");
        assertThat(scene.signIn(scene.browser(), "google").status()).isEqualTo(409);

        scene.google.claims = c -> c.claim("hd", "provider.test");
        Browser workspace = scene.browser();
        assertThat(scene.signIn(workspace, "google").address().getPath()).isEqualTo("/workspaces");
        scene.google.honest();
        scene.google.claims = c -> c.claim("email", scene.google.subject + "@gmail.com");
        Browser own = scene.browser();
        assertThat(scene.signIn(own, "google").address().getPath()).isEqualTo("/workspaces");
    }

    @Test
    void where_one_workspace_is_named_nobody_else_of_google_comes_in(@TempDir Path other) throws Exception {
        try (var closed = new ProviderScene(other, "hostedDomain=works.test")) {
            assertThat(closed.browser()
                            .openOnly(closed.here() + "/sign-in/with/google")
                            .header("location")
                            .getFirst())
                    .contains("hd=works.test");
            for (String domain : new String[] {null, "elsewhere.test", "works.test.evil.example"}) {
                closed.google.claims = c -> c.claim("hd", domain);
                Browser browser = closed.browser();
                closed.entries.now();
                assertThat(closed.signIn(browser, "google").status()).isEqualTo(400);
                assertThat(closed.entries.since())
                        .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                        .contains("\"reason\":\"hosted-domain\"");
            }
            closed.google.claims = c -> c.claim("hd", "works.test");
            Browser colleague = closed.browser();
            assertThat(closed.signIn(colleague, "google").address().getPath()).isEqualTo("/workspaces");
        }
    }

    @Test
    @Asvs("10.2.3")
    void no_more_is_asked_for_than_is_needed() throws Exception {
        Person person = Person.signedIn(scene.server);
        Answer link = scene.begin(person, "google");
        assertThat(URI.create(Person.member(link, "location")).getRawQuery()).contains("scope=openid+email&");
        String signIn = scene.server
                .https("GET", "/sign-in/with/google", "Sec-Fetch-Site: none")
                .header("location")
                .orElseThrow();
        assertThat(signIn).contains("scope=openid+email+profile&").doesNotContain("offline");
    }
}
