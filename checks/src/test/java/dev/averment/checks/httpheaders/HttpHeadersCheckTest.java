package dev.averment.checks.httpheaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.TestSite.Request;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.checks.target.Web.Route;
import dev.averment.claims.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadersCheckTest {
    private static final Map<String, Object> EXPECT = Map.of(
            "headers",
            Map.of(
                    "X-Content-Type-Options",
                    "nosniff",
                    "X-Powered-By",
                    "absent",
                    "Content-Security-Policy",
                    "default-src*"),
            "hsts",
            Map.of("minAge", "365d", "subdomains", true),
            "plain",
            "refused-or-redirected");
    private static final Route HOME = new Route("GET", "/", false);
    private static final Route ITEMS = new Route("GET", "/api/items", true);
    private static final Route ADD = new Route("POST", "/api/items", true);

    private final HttpHeadersCheck type = new HttpHeadersCheck();

    @ParameterizedTest
    @CsvSource({
        "x-content-type-options, ''",
        "x-content-type-options, sniff",
        "x-powered-by, PHP",
        "content-security-policy, script-src *",
        "strict-transport-security, ''",
        "strict-transport-security, max-age=86400; includeSubDomains",
        "strict-transport-security, max-age=31536000",
        "strict-transport-security, max-age=31536000; max-age=31536000; includeSubDomains",
        "strict-transport-security, max-age=a year; includeSubDomains",
        "strict-transport-security, 'max-age=31536000; includeSubDomains, max-age=0'",
        "strict-transport-security, max-age=31536000; max-age=0; includeSubDomains",
        "outcome, served",
        "outcome, ''",
    })
    void one_wrong_header_is_failing(String fact, String value) {
        assertThat(Altered.of(type, EXPECT).subjects(fact, value).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_header_nobody_wrote_down_is_unproven() {
        Facts facts = type.passingExample(EXPECT, Altered.NOW);

        Judgement judgement =
                type.judge().judge(facts, Map.of("headers", Map.of("X-Unheard-Of", "present")), Altered.NOW);

        assertThat(judgement.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(judgement.reason()).contains("X-Unheard-Of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "plain", "minAge"})
    void an_expectation_that_says_nothing_is_unproven(String which) {
        Map<String, Object> expect = switch (which) {
            case "plain" -> Map.of("plain", "whatever");
            case "minAge" -> Map.of("hsts", Map.of("minAge", "a while"));
            default -> Map.of();
        };

        assertThat(type.judge()
                        .judge(type.passingExample(EXPECT, Altered.NOW), expect, Altered.NOW)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @ParameterizedTest
    @CsvSource({
        "nosniff, NoSniff, true",
        "a*c, abc, true",
        "a*c, ac, true",
        "a*b*c, aXbYc, true",
        "a*b*c, acb, false",
        "ab*ba, aba, false",
        "*none*, default-src 'none', true",
        "*, '', false",
        "present, '', false",
        "absent, x, false",
    })
    void a_star_stands_for_anything(String pattern, String value, boolean matches) {
        assertThat(new HeaderPattern(pattern).matches(value)).isEqualTo(matches);
    }

    @Test
    void a_site_with_every_header_everywhere_is_proven() throws Exception {
        try (TestSite site = TestSite.https(HttpHeadersCheckTest::good)) {
            Judgement judgement =
                    judge(site, site.web(Optional.empty(), false, Map.of("Cookie", "s=1"), HOME, ITEMS, ADD));

            assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.PROVEN);
            assertThat(site.seen()).contains("GET /", "GET /api/items", "POST /api/items");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, GET /",
        "POST, /api/items, POST /api/items",
        "GET, /api/items, GET /api/items",
        "GET, /averment-probe, a path that does not exist",
        "MALFORMED, '', a malformed request",
    })
    void a_header_dropped_on_one_route_is_named(String method, String path, String named) throws Exception {
        try (TestSite site = TestSite.https(request -> {
            boolean here = request.method().equals(method)
                    && (path.equals("/averment-probe")
                            ? request.path().startsWith(path)
                            : request.path().equals(path));
            return here ? good(request).without("Strict-Transport-Security") : good(request);
        })) {
            Judgement judgement = judge(site, site.web(HOME, ITEMS, ADD));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
            assertThat(judgement.reason()).startsWith(named).contains("Strict-Transport-Security");
        }
    }

    private static boolean browser(Request request) {
        return request.header("user-agent").contains("Mozilla");
    }

    @ParameterizedTest
    @CsvSource({
        "to browsers, GET / as a browser",
        "to HEAD, HEAD /",
        "to a telephone, GET / as a telephone",
        "to POST of a missing path, a path that does not exist (POST)",
        "to an unknown method, a method that does not exist",
        "to a refusal, GET /api/items without credentials",
    })
    void an_answer_that_is_weaker_for_somebody_is_named(String to, String named) throws Exception {
        try (TestSite site = TestSite.https(request -> {
            boolean weak = switch (to) {
                case "to browsers" -> browser(request) && request.path().equals("/");
                case "to HEAD" ->
                    request.method().equals("HEAD") && request.path().equals("/");
                case "to a telephone" -> request.header("user-agent").contains("iPhone");
                case "to POST of a missing path" ->
                    request.method().equals("POST") && request.path().startsWith("/averment-probe");
                case "to an unknown method" -> request.method().equals("PROBE");
                default ->
                    request.path().equals("/api/items")
                            && request.method().equals("GET")
                            && request.header("cookie").isEmpty();
            };
            return weak ? good(request).without("Strict-Transport-Security") : good(request);
        })) {
            Judgement judgement =
                    judge(site, site.web(Optional.empty(), false, Map.of("Cookie", "s=1"), HOME, ITEMS, ADD));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
            assertThat(judgement.reason()).startsWith(named + " lacks Strict-Transport-Security");
        }
    }

    @Test
    void a_header_that_is_sent_twice_is_failing() throws Exception {
        try (TestSite site = TestSite.https(request -> good(request).with("Strict-Transport-Security: max-age=0"))) {
            Judgement judgement = judge(site, site.web(HOME, ITEMS, ADD));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
            assertThat(judgement.reason()).contains("more than once");
        }
    }

    @Test
    void preload_is_asked_for_when_it_is_promised() {
        Map<String, Object> expect = Map.of("hsts", Map.of("minAge", "365d", "preload", true));

        assertThat(Altered.of(type, expect)
                        .subjects("strict-transport-security", "max-age=31536000; includeSubDomains")
                        .reason())
                .contains("without preload");
    }

    @Test
    void credentials_are_sent_to_reading_routes_only() throws Exception {
        List<String> signedIn = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (TestSite site = TestSite.https(request -> {
            if (!request.header("cookie").isEmpty()) {
                signedIn.add(request.method() + " " + request.path());
            }
            return good(request);
        })) {
            judge(site, site.web(Optional.empty(), false, Map.of("Cookie", "s=1"), HOME, ITEMS, ADD));

            assertThat(signedIn).containsOnly("GET /api/items", "HEAD /api/items");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "redirect, PROVEN",
        "refuse, PROVEN",
        "serve, FAILING",
        "ask-for-credentials, FAILING",
        "redirect-to-plain, FAILING",
        "closed, PROVEN"
    })
    void plain_http_must_refuse_or_redirect(String how, Verdict verdict) throws Exception {
        try (TestSite site = TestSite.https(HttpHeadersCheckTest::good);
                TestSite plain = TestSite.http(request -> switch (how) {
                    case "redirect" -> Response.of(308, "", "Location: https://localhost" + request.path());
                    case "ask-for-credentials" -> Response.of(401, "", "WWW-Authenticate: Bearer");
                    case "redirect-to-plain" -> Response.of(308, "", "Location: http://localhost" + request.path());
                    case "refuse" -> Response.of(403, "");
                    default -> Response.html("hello");
                })) {
            if (how.equals("closed")) {
                plain.close();
            }
            Judgement judgement = judge(site, site.web(Optional.of(plain.base()), false, Map.of(), HOME, ITEMS, ADD));

            assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(verdict);
        }
    }

    @Test
    void a_reading_listener_on_loopback_may_serve_public_pages_and_nothing_else() throws Exception {
        try (TestSite site = TestSite.https(HttpHeadersCheckTest::good);
                TestSite reading = TestSite.http(
                        request -> request.path().equals("/") ? Response.html("public") : Response.of(403, ""));
                TestSite leaking = TestSite.http(request -> Response.html("all of it"))) {
            URI base = reading.base();

            assertThat(judge(site, site.web(Optional.of(base), true, Map.of(), HOME, ITEMS, ADD))
                            .verdict())
                    .isEqualTo(Verdict.PROVEN);
            Judgement leak = judge(site, site.web(Optional.of(leaking.base()), true, Map.of(), HOME, ITEMS, ADD));
            assertThat(leak.verdict()).isEqualTo(Verdict.FAILING);
            assertThat(leak.reason()).startsWith("plain HTTP: GET /api/items");
        }
    }

    @Test
    void a_nonce_does_not_make_every_answer_a_group_of_its_own() throws Exception {
        try (TestSite site = TestSite.https(request -> good(request)
                .without("Content-Security-Policy")
                .with("Content-Security-Policy: default-src 'nonce-" + System.nanoTime() + "'"))) {
            Facts facts = Altered.collect(type, TestSite.target(site.web(HOME, ITEMS, ADD)), Map.of());

            assertThat(facts.subjects()).hasSize(2);
        }
    }

    @Test
    void a_target_without_routes_is_unproven() throws Exception {
        try (TestSite site = TestSite.https(HttpHeadersCheckTest::good)) {
            assertThatThrownBy(() -> Altered.collect(type, TestSite.target(site.web()), Map.of()))
                    .isInstanceOf(CollectException.class)
                    .hasMessageContaining("names no routes");
        }
    }

    private Judgement judge(TestSite site, dev.averment.checks.target.Web web) throws CollectException {
        Facts facts = Altered.collect(type, TestSite.target(web), Map.of());
        return type.judge().judge(facts, EXPECT, Altered.NOW);
    }

    private static Response good(Request request) {
        int status = switch (request.method()) {
            case "MALFORMED" -> 400;
            case "GET" -> request.path().startsWith("/averment-probe") ? 404 : 200;
            default -> 401;
        };
        return Response.of(
                status,
                "",
                "Strict-Transport-Security: max-age=31536000; includeSubDomains",
                "X-Content-Type-Options: nosniff",
                "Content-Security-Policy: default-src 'none'");
    }
}
