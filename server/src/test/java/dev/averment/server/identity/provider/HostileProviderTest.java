package dev.averment.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Browser;
import dev.averment.server.fixture.Browser.Seen;
import dev.averment.server.fixture.HostileProvider;
import dev.averment.server.fixture.HostileProvider.Signing;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.ShiftedClock;
import dev.averment.server.identity.IdentityTransactions;
import dev.averment.server.identity.event.AuthOutcome;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Providers, and people between browser and provider, who lie: each is refused in plain words, with an entry. */
class HostileProviderTest {
    private static final ShiftedClock CLOCK = new ShiftedClock();

    @TempDir
    private static Path folder;

    private static HostileProvider mallory;
    private static HostileProvider other;
    private static RunningServer server;
    private static ProviderEntries entries;

    @BeforeAll
    static void start() throws Exception {
        mallory = HostileProvider.start(folder.resolve("providers"));
        other = HostileProvider.start(folder.resolve("providers"));
        Path data = Files.createDirectories(folder.resolve("data"));
        mallory.configure(data, "mallory", "generic", "name=Mallory & Sons");
        other.configure(data, "other", "generic");
        server = RunningServer.start(data, CLOCK);
        entries = new ProviderEntries(server);
    }

    @AfterAll
    static void stop() {
        server.close();
        mallory.close();
        other.close();
    }

    /** Nobody's lies are left in a cache, and no limit is near. */
    @BeforeEach
    void anew() {
        CLOCK.skip(Duration.ofHours(2));
        mallory.honest();
        other.honest();
    }

    private static String here() {
        return "https://localhost:" + server.port();
    }

    private static String start(String provider) {
        return here() + "/sign-in/with/" + provider;
    }

    private static Browser browser() throws Exception {
        return new Browser(server.server().dataFolder().resolve("tls/ca.crt"), mallory.authority());
    }

    private static void refused(Browser browser, Seen seen, int status, AuthOutcome outcome, String reason) {
        assertThat(seen.status()).as(seen.toString()).isEqualTo(status);
        assertThat(seen.body()).contains("This was not done").doesNotContain("<script>", "& Sons");
        assertThat(browser.cookie("localhost", "__Host-session")).isEmpty();
        assertThat(entries.since())
                .singleElement(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains(ProviderEntries.of(outcome), "\"reason\":\"" + reason + "\"");
    }

    record Lie(String what, UnaryOperator<JWTClaimsSet.Builder> claims, Signing signing, String reason) {
        static Lie said(String what, UnaryOperator<JWTClaimsSet.Builder> claims) {
            return new Lie(what, claims, HostileProvider.HONESTLY, "id-token");
        }

        static Lie signed(String what, String reason, Signing signing) {
            return new Lie(what, UnaryOperator.identity(), signing, reason);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static List<Lie> lies() {
        return List.of(
                Lie.said("another issuer", c -> c.issuer("https://accounts.google.com")),
                Lie.said("an issuer that differs by a slash", c -> c.issuer(mallory.issuer + "/")),
                Lie.said("another audience", c -> c.audience("client-of-somebody-else")),
                new Lie(
                        "an audience of two, meant for the other",
                        c -> c.audience(List.of("client-of-mallory", "client-of-somebody-else"))
                                .claim("azp", "client-of-somebody-else"),
                        HostileProvider.HONESTLY,
                        "audience"),
                new Lie(
                        "an audience of two, meant for nobody in particular",
                        c -> c.audience(List.of("client-of-mallory", "client-of-somebody-else")),
                        HostileProvider.HONESTLY,
                        "audience"),
                new Lie(
                        "handed to somebody else",
                        c -> c.claim("azp", "client-of-somebody-else"),
                        HostileProvider.HONESTLY,
                        "audience"),
                Lie.said("no audience", c -> c.audience((String) null)),
                Lie.said("no nonce", c -> c.claim("nonce", null)),
                Lie.said("a nonce of another sign-in", c -> c.claim("nonce", other.lastNonce)),
                Lie.said(
                        "a token that has expired",
                        c -> c.issueTime(Date.from(Instant.now().minusSeconds(900)))
                                .expirationTime(Date.from(Instant.now().minusSeconds(300)))),
                Lie.said("a token without an end", c -> c.expirationTime(null)),
                Lie.said(
                        "a token of tomorrow",
                        c -> c.issueTime(Date.from(Instant.now().plusSeconds(86_400)))
                                .expirationTime(Date.from(Instant.now().plusSeconds(90_000)))),
                Lie.said("nobody", c -> c.subject(null)),
                new Lie(
                        "an access token of another answer",
                        c -> c.claim("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
                        HostileProvider.HONESTLY,
                        "access-token"),
                Lie.signed("no signature", "unsigned", (claims, _) -> new PlainJWT(claims).serialize()),
                Lie.signed("the public key as a shared secret", "algorithm", (claims, own) -> {
                    var jwt = new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.HS256)
                                    .keyID(own.getKeyID())
                                    .build(),
                            claims);
                    jwt.sign(new MACSigner(own.toRSAPublicKey().getEncoded()));
                    return jwt.serialize();
                }),
                Lie.signed("the client's secret as the key", "algorithm", (claims, own) -> {
                    var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
                    jwt.sign(new MACSigner("the secret of mallory, and more of it".getBytes()));
                    return jwt.serialize();
                }),
                Lie.signed("a stronger algorithm than was agreed", "algorithm", (claims, own) -> {
                    var jwt = new SignedJWT(
                            new JWSHeader.Builder(JWSAlgorithm.RS512)
                                    .keyID(own.getKeyID())
                                    .build(),
                            claims);
                    jwt.sign(new RSASSASigner(own));
                    return jwt.serialize();
                }),
                Lie.signed(
                        "the key of another provider",
                        "id-token",
                        (claims, _) -> HostileProvider.HONESTLY.sign(claims, other.key)),
                Lie.signed(
                        "the key of another provider under the own one's name",
                        "id-token",
                        (claims, own) -> signedBy(claims, other.key, own.getKeyID(), false)),
                Lie.signed(
                        "a key that comes along in the header",
                        "id-token",
                        (claims, own) -> signedBy(claims, other.key, own.getKeyID(), true)));
    }

    private static String signedBy(JWTClaimsSet claims, RSAKey key, String name, boolean shown)
            throws com.nimbusds.jose.JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(name);
        if (shown) {
            header.jwk(key.toPublicJWK());
        }
        var jwt = new SignedJWT(header.build(), claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    @Asvs({"10.5.1", "10.5.4", "6.8.2", "9.1.2"})
    @ParameterizedTest
    @MethodSource("lies")
    void a_provider_that_lies_in_its_token_signs_nobody_in(Lie lie) throws Exception {
        browser().open(start("other"));
        Browser browser = browser();
        mallory.claims = lie.claims();
        mallory.signing = lie.signing();
        entries.now();
        refused(browser, browser.open(start("mallory")), 400, AuthOutcome.PROVIDER_REFUSED, lie.reason());
    }

    @Test
    void the_same_provider_is_believed_when_it_is_honest() throws Exception {
        Browser browser = browser();
        entries.now();
        Seen seen = browser.open(start("mallory") + "?next=/workspaces");
        assertThat(seen.address().getPath()).isEqualTo("/workspaces");
        assertThat(browser.cookie("localhost", "__Host-session")).isPresent();
        assertThat(entries.since())
                .hasSize(2)
                .anyMatch(e -> e.contains(ProviderEntries.of(AuthOutcome.PROVIDER_SIGNED_UP)))
                .anyMatch(e -> e.contains(ProviderEntries.of(AuthOutcome.SIGNED_IN)));
        assertThat(String.join("", entries.since())).doesNotContain(mallory.subject, "Nora");
    }

    @Asvs("10.1.1")
    @Test
    void tokens_of_a_provider_stay_on_the_server_and_are_kept_nowhere() throws Exception {
        Browser browser = browser();
        String answer = answer(browser, "mallory");
        Seen back = browser.ledOnly(mallory.issuer, answer);
        List<String> rows = server.bean(IdentityTransactions.class)
                .in(jdbc -> jdbc.sql("select f::text from identity.provider_flow f where subject is not null")
                        .query(String.class)
                        .list());
        String kept = String.join("", rows);
        assertThat(kept).contains(mallory.subject);
        for (String shown : List.of(kept, back.body(), back.headers().toString())) {
            assertThat(shown)
                    .doesNotContain("access-of-", "eyJ", parameter(answer, "code"), parameter(answer, "state"));
        }
    }

    @Asvs("10.5.3")
    @Test
    void a_document_of_another_issuer_is_not_taken() throws Exception {
        mallory.documentIssuer = other.issuer;
        Browser browser = browser();
        entries.now();
        refused(browser, browser.open(start("mallory")), 400, AuthOutcome.PROVIDER_REFUSED, "document-issuer");
    }

    @Asvs("10.2.2")
    @Test
    void an_answer_that_names_another_issuer_or_none_is_refused() throws Exception {
        for (String named : List.of(other.issuer, mallory.issuer + "/", "")) {
            mallory.answerIssuer = named;
            Browser browser = browser();
            entries.now();
            refused(browser, browser.open(start("mallory")), 400, AuthOutcome.PROVIDER_REFUSED, "answer-issuer");
        }
        CLOCK.skip(Duration.ofHours(2));
        mallory.promisesIssuer = false;
        Browser browser = browser();
        browser.open(start("mallory"));
        assertThat(browser.cookie("localhost", "__Host-session"))
                .as("one that never names itself")
                .isPresent();
    }

    /** Goes as far as the provider, and gives the address to which it sends the browser. */
    private static String answer(Browser browser, String provider) throws Exception {
        String there = browser.openOnly(start(provider)).header("location").getFirst();
        return browser.ledOnly(here(), there).header("location").getFirst();
    }

    private static String parameter(String address, String name) {
        for (String pair : URI.create(address).getRawQuery().split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        throw new AssertionError("no " + name + " in " + address);
    }

    @Asvs({"10.1.2", "10.2.1"})
    @Test
    void an_answer_is_good_in_the_browser_that_asked_and_in_no_other() throws Exception {
        Browser attackers = browser();
        String answer = answer(attackers, "mallory");
        Browser victims = browser();
        entries.now();
        refused(victims, victims.led(mallory.issuer, answer), 400, AuthOutcome.PROVIDER_REFUSED, "browser");
        answer(victims, "mallory");
        entries.now();
        refused(victims, victims.led(mallory.issuer, answer), 400, AuthOutcome.PROVIDER_REFUSED, "browser");
        attackers.led(mallory.issuer, answer);
        assertThat(attackers.cookie("localhost", "__Host-session"))
                .as("what others try with it changes nothing for who asked")
                .isPresent();
    }

    @Asvs("10.2.1")
    @Test
    void a_code_of_another_sign_in_is_not_taken() throws Exception {
        for (boolean checks : new boolean[] {true, false}) {
            mallory.checksVerifier = checks;
            Browser thief = browser();
            String stolen = answer(browser(), "mallory");
            String own = answer(thief, "mallory");
            String injected = own.replace(parameter(own, "code"), parameter(stolen, "code"));
            entries.now();
            // By PKCE where the provider looks at it, by the nonce where it does not.
            refused(
                    thief,
                    thief.led(mallory.issuer, injected),
                    400,
                    AuthOutcome.PROVIDER_REFUSED,
                    checks ? "code" : "id-token");
        }
    }

    @Test
    void an_answer_is_taken_once() throws Exception {
        Browser browser = browser();
        String answer = answer(browser, "mallory");
        String flow = browser.cookie("localhost", "__Host-flow").orElseThrow();
        assertThat(browser.ledOnly(mallory.issuer, answer).status()).isEqualTo(200);
        entries.now();
        refused(browser, browser.led(mallory.issuer, answer), 400, AuthOutcome.PROVIDER_REFUSED, "state-reused");
        Seen end = browser.led(here(), start("mallory") + "/continue");
        assertThat(end.address().getPath()).isEqualTo("/workspaces");
        Browser again = browser();
        again.putCookie("localhost", "__Host-flow", flow, "Lax");
        entries.now();
        refused(again, again.led(here(), start("mallory") + "/continue"), 400, AuthOutcome.PROVIDER_REFUSED, "browser");
    }

    @Asvs("10.2.2")
    @Test
    void an_answer_at_another_providers_address_ends_the_sign_in() throws Exception {
        Browser browser = browser();
        String answer = answer(browser, "other");
        entries.now();
        refused(
                browser,
                browser.led(mallory.issuer, answer.replace("/with/other/", "/with/mallory/")),
                400,
                AuthOutcome.PROVIDER_REFUSED,
                "mix-up");
        entries.now();
        refused(browser, browser.led(other.issuer, answer), 400, AuthOutcome.PROVIDER_REFUSED, "state");
    }

    @Test
    void ten_minutes_are_enough() throws Exception {
        Browser browser = browser();
        String answer = answer(browser, "mallory");
        CLOCK.skip(Duration.ofMinutes(10));
        entries.now();
        refused(browser, browser.led(mallory.issuer, answer), 400, AuthOutcome.PROVIDER_REFUSED, "expired");
    }

    @Test
    void keys_that_are_too_many_too_slow_or_elsewhere_are_not_taken() throws Exception {
        var over = new CountDownLatch(1);
        Map<String, HostileProvider.Answering> ways = Map.of(
                "huge",
                        e -> HostileProvider.send(
                                e, 200, "application/json", "{\"keys\":[" + " ".repeat(1 << 20) + "]}"),
                "redirecting", e -> HostileProvider.redirect(e, other.issuer + "/keys"),
                "none", e -> HostileProvider.send(e, 200, "text/html", "<p>Sorry</p>"),
                "slow",
                        e -> {
                            try {
                                e.sendResponseHeaders(200, 0);
                                e.getResponseBody().write('{');
                                e.getResponseBody().flush();
                                over.await();
                            } catch (InterruptedException interrupted) {
                                Thread.currentThread().interrupt();
                            }
                        });
        for (var way : ways.entrySet()) {
            CLOCK.skip(Duration.ofHours(2));
            mallory.keys = way.getValue();
            Browser browser = browser();
            entries.now();
            refused(browser, browser.open(start("mallory")), 502, AuthOutcome.PROVIDER_BROKEN, "keys");
        }
        over.countDown();
    }

    @Test
    void tokens_with_unknown_keys_do_not_make_the_server_ask_for_keys_again_and_again() throws Exception {
        browser().open(start("mallory"));
        mallory.signing = (claims, _) -> HostileProvider.HONESTLY.sign(claims, other.key);
        int before = mallory.keysAsked.get();
        CLOCK.skip(RemoteProvider.PAUSE);
        for (int i = 0; i < 5; i++) {
            browser().open(start("mallory"));
        }
        assertThat(mallory.keysAsked.get() - before).isEqualTo(1);
    }

    @Test
    void who_does_not_consent_is_told_that_nothing_happened() throws Exception {
        for (String error : List.of("access_denied", "<script>server_error")) {
            mallory.error = error;
            Browser browser = browser();
            entries.now();
            refused(
                    browser,
                    browser.open(start("mallory")),
                    400,
                    AuthOutcome.PROVIDER_DECLINED,
                    error.equals("access_denied") ? "person" : "provider");
        }
    }

    @Asvs("7.6.2")
    @Test
    void another_site_can_neither_begin_a_sign_in_nor_finish_one() throws Exception {
        Browser browser = browser();
        assertThat(browser.led(mallory.issuer, start("mallory")).status()).isEqualTo(403);
        assertThat(browser.cookie("localhost", "__Host-flow")).isEmpty();
        browser.ledOnly(mallory.issuer, answer(browser, "mallory"));
        assertThat(browser.led(mallory.issuer, start("mallory") + "/continue").status())
                .isEqualTo(403);
        assertThat(browser.cookie("localhost", "__Host-session")).isEmpty();
    }

    @Asvs("3.7.2")
    @Test
    void the_way_back_leads_nowhere_but_to_own_paths() throws Exception {
        for (String target : List.of(
                "https://evil.example/",
                "//evil.example",
                "/%5Cevil.example",
                "/%2Fevil.example",
                "/workspaces/../../evil",
                "/workspaces%0d%0aSet-Cookie:a=b",
                "/workspaces?next=https://evil.example",
                "/api/v1/account",
                "javascript:alert(1)")) {
            Browser browser = browser();
            assertThat(browser.openOnly(start("mallory") + "?next=" + target.replace(" ", "%20"))
                            .status())
                    .as(target)
                    .isEqualTo(404);
            assertThat(browser.cookie("localhost", "__Host-flow")).isEmpty();
        }
    }
}
