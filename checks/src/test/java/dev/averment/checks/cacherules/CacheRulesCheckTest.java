package dev.averment.checks.cacherules;

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
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheRulesCheckTest {
    private static final Route HOME = new Route("GET", "/", false);
    private static final Route ITEMS = new Route("GET", "/api/items", true);
    private static final Route ADD = new Route("POST", "/api/items", true);

    private final CacheRulesCheck type = new CacheRulesCheck();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cacheControl | ''",
                "cacheControl | private, max-age=60",
                "cacheControl | public",
                "setsCookie | true",
                "dependsOnVisitor | true",
                "vary | *",
                "cacheControl | no-store, public, max-age=60",
                "cacheControl | no-store, max-age=0, max-age=60",
                "cacheControl | ext=\"a, no-store, b\"",
                "forOneCache | Surrogate-Control: max-age=60",
                "forOneCache | Surrogate-Control: no-store; CDN-Cache-Control: public, max-age=60",
                "outOfCache | true",
            })
    void an_answer_that_may_be_kept_and_should_not_is_failing(String fact, String value) {
        Object altered = value.equals("true") ? Boolean.TRUE : value;

        assertThat(Altered.of(type, Map.of()).subjects(fact, altered).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void an_authenticated_route_that_answers_anybody_is_failing() {
        assertThat(Altered.of(type, Map.of())
                        .subject("GET /api/items", "status", 200L)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void credentials_that_open_nothing_prove_nothing() {
        assertThat(Altered.of(type, Map.of())
                        .subject("GET /api/items signed in", "status", 401L)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_site_that_keeps_its_rules_is_proven() throws Exception {
        assertThat(judge(CacheRulesCheckTest::good).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void no_store_removed_from_one_signed_in_answer_is_named() throws Exception {
        Judgement judgement = judge(request -> request.path().equals("/api/items") && signedIn(request)
                ? Response.of(200, "mine", "Cache-Control: private")
                : good(request));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("GET /api/items signed in", "no-store", "private");
    }

    @Test
    void a_cookie_on_a_cacheable_answer_is_named() throws Exception {
        Judgement judgement = judge(request ->
                request.path().equals("/") ? good(request).with("Set-Cookie: s=secret-1; HttpOnly") : good(request));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).startsWith("GET / sets a cookie").doesNotContain("secret-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/ | Set-Cookie: s=1 | GET / as a browser sets a cookie",
                "/api/items | Cache-Control: public, max-age=60 | GET /api/items as a browser contradicts itself",
                "/api/items | CDN-Cache-Control: max-age=60 | GET /api/items signed in, as a browser forbids keeping",
                "/api/items | Age: 7 | GET /api/items signed in, as a browser was answered out of a cache",
            })
    void what_only_a_browser_gets_is_seen(String path, String header, String reason) throws Exception {
        Judgement judgement = judge(request ->
                request.path().equals(path) && request.header("accept").startsWith("text/html")
                        ? good(request).with(header)
                        : good(request));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).startsWith(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-cache, no-store, max-age=0, must-revalidate | false | false",
                "private=\"set-cookie\", max-age=60 | true | false",
                "public, max-age=60, public, max-age=60 | true | false",
                "private, s-maxage=60 | false | true",
            })
    void a_value_is_read_as_caches_read_it(String value, boolean shareable, boolean contradicts) {
        CacheControl read = CacheControl.parse(value);

        assertThat(read.shareable()).isEqualTo(shareable);
        assertThat(read.contradicts()).isEqualTo(contradicts);
    }

    @Test
    void a_public_answer_that_shows_who_asks_must_not_be_shared() throws Exception {
        Function<Request, Response> greeting = request -> request.path().equals("/")
                ? Response.of(200, signedIn(request) ? "Hello Ada" : "Hello", "Cache-Control: public, max-age=60")
                : good(request);

        assertThat(judge(greeting).reason()).startsWith("GET / differs for a signed-in visitor");
        assertThat(judge(request -> greeting.apply(request).with("Vary: Cookie"))
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_route_served_without_credentials_is_named() throws Exception {
        Judgement judgement = judge(request -> request.path().equals("/api/items")
                ? Response.of(200, "everybody's", "Cache-Control: no-store")
                : good(request));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("without credentials");
    }

    @Test
    void without_credentials_nothing_can_be_said() throws Exception {
        try (TestSite site = TestSite.https(CacheRulesCheckTest::good)) {
            assertThatThrownBy(() -> Altered.collect(type, TestSite.target(site.web(HOME, ITEMS)), Map.of()))
                    .isInstanceOf(CollectException.class)
                    .hasMessageContaining("gives no credentials");
        }
    }

    private Judgement judge(Function<Request, Response> answers) throws CollectException {
        try (TestSite site = TestSite.https(answers)) {
            Facts facts = Altered.collect(
                    type,
                    TestSite.target(site.web(Optional.empty(), false, Map.of("Cookie", "s=1"), HOME, ITEMS, ADD)),
                    Map.of());
            return type.judge().judge(facts, Map.of(), Altered.NOW);
        }
    }

    private static boolean signedIn(Request request) {
        return request.header("cookie").equals("s=1");
    }

    private static Response good(Request request) {
        if (request.path().equals("/")) {
            return Response.of(200, "hello", "Cache-Control: public, max-age=60", "Vary: Accept-Encoding");
        }
        return Response.of(signedIn(request) ? 200 : 401, "mine", "Cache-Control: no-store");
    }
}
