package dev.averment.checks.linkcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkCheckTest {
    private static final Map<String, Object> WITH = Map.of("require", List.of("dpa", "privacy"));
    private static final String PAGE = """
            <!doctype html><title>Security</title>
            <a href="#transport">Transport</a> <h2 id="transport">Transport</h2>
            <a data-document="dpa" href="/documents/dpa">DPA</a>
            <a rel="privacy" href="documents/privacy#scope">Privacy</a>
            <a href="https://elsewhere.invalid/">Elsewhere</a>
            <a href="mailto:security@example.org">Mail</a>
            <img src="/logo.svg">
            """;

    private final LinkCheck type = new LinkCheck();

    @ParameterizedTest
    @CsvSource({
        "kind, missing, FAILING",
        "kind, malformed, FAILING",
        "status, 404, FAILING",
        "fragment, missing, FAILING",
        "kind, external, UNPROVEN"
    })
    void a_link_that_does_not_open_changes_the_verdict(String fact, String value, Verdict verdict) {
        Object altered = fact.equals("status") ? Long.valueOf(value) : value;

        assertThat(Altered.of(type, Map.of()).subjects(fact, altered).verdict()).isEqualTo(verdict);
    }

    @Test
    void links_beyond_the_limit_are_unproven() {
        assertThat(Altered.of(type, Map.of()).value("beyondLimit", 3L).verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_page_whose_links_open_is_proven_and_other_hosts_are_not_asked() throws Exception {
        Judgement judgement = judge(PAGE, "");

        assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(Verdict.PROVEN);
        assertThat(judgement.reason()).contains("2 documents", "1 links to other hosts");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data-document=\"dpa\" | data-document=\"terms\" | no link to its dpa",
                "/documents/dpa | /documents/gone | dpa (/documents/gone) answers 404",
                "#scope | #nowhere | leads to a place that its page does not have",
                "id=\"transport\" | id=\"storage\" | #transport leads to a place",
                "/logo.svg | /gone.svg | /gone.svg answers 404",
                "/logo.svg | /a b | no valid address",
                "/documents/dpa | /empty | answers 200, but with nothing",
                "/documents/dpa | /nothing | answers 200, but with nothing",
                "/documents/dpa | /lost | says that there is nothing",
                "/documents/dpa | /lost-de | says that there is nothing",
                "/documents/dpa | /lost.txt | says that there is nothing",
                "/documents/dpa | /away | leads on to another host",
                "<a data-document=\"dpa\" | <a hidden data-document=\"dpa\" | no link to its dpa",
                "<a data-document=\"dpa\" | <a style=\"display:none\" data-document=\"dpa\" | no link to its dpa",
                "<a data-document=\"dpa\" | <style>[data-document=dpa] { visibility: hidden }</style><a data-document=\"dpa\" | no link to its dpa",
                ">DPA</a> | > </a> | no link to its dpa",
                "<a data-document=\"dpa\" href=\"/documents/dpa\">DPA</a> | <link data-document=\"dpa\" href=\"/documents/dpa\"> | no link to its dpa",
                "<img src=\"/logo.svg\"> | <img src=\"/logo.svg\" srcset=\"/logo.svg 1x, /big.svg 2x\"> | /big.svg answers 404",
                "<img src=\"/logo.svg\"> | <iframe src=\"/frame\"></iframe> | /frame answers 404",
                "<img src=\"/logo.svg\"> | <iframe srcdoc=\"&lt;a href=/deep>x&lt;/a>\"></iframe> | /deep answers 404",
                "<img src=\"/logo.svg\"> | <meta http-equiv=refresh content=\"3;url=https://evil.invalid/\"> | sends its readers on",
                "<img src=\"/logo.svg\"> | <object data=\"/plan.pdf\"></object> | /plan.pdf answers 404",
                "<!doctype html> | <!doctype html><base href=\"/other/\"> | #transport answers 404",
            })
    void a_broken_link_is_named(String from, String to, String reason) throws Exception {
        Judgement judgement = judge(PAGE.replace(from, to), "");

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains(reason);
    }

    @Test
    void a_redirect_within_the_site_is_followed_and_one_to_another_host_is_not() throws Exception {
        assertThat(judge(PAGE.replace("/logo.svg", "/moved"), "/logo.svg").verdict())
                .isEqualTo(Verdict.PROVEN);
        assertThat(judge(PAGE.replace("/logo.svg", "/moved"), "https://elsewhere.invalid/")
                        .reason())
                .contains("/moved answers 302 and leads on to another host");
        assertThat(judge(PAGE.replace("/logo.svg", "/moved"), "/moved").verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.invalid/documents/dpa",
                "https://localhost@evil.invalid/documents/dpa",
                "https:documents/dpa"
            })
    void an_address_that_only_looks_like_one_of_the_site_is_another_host(String href) throws Exception {
        assertThat(judge(PAGE.replace("\"/documents/dpa\"", "\"" + href + "\""), "")
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_base_on_another_host_takes_every_link_there() throws Exception {
        Judgement judgement =
                judge(PAGE.replace("<!doctype html>", "<!doctype html><base href=\"https://evil.invalid/\">"), "");

        assertThat(judgement.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(judgement.reason()).contains("lies on another host");
    }

    @Test
    void a_site_that_answers_every_address_alike_opens_nothing() throws Exception {
        try (TestSite site = TestSite.https(request -> request.path().equals("/")
                ? Response.html(PAGE)
                : Response.html("<h1>Welcome</h1>You asked for " + request.path()))) {
            Facts facts = Altered.collect(type, TestSite.target(site.web()), WITH);

            assertThat(type.judge().judge(facts, Map.of(), Altered.NOW).reason())
                    .contains("does not say what is there");
        }
    }

    @Test
    void a_required_document_on_another_host_is_unproven() throws Exception {
        assertThat(judge(PAGE.replace("\"/documents/dpa\"", "\"https://elsewhere.invalid/dpa\""), "")
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_page_that_is_not_there_is_unproven() {
        assertThatThrownBy(() -> {
                    try (TestSite site = TestSite.https(request -> Response.of(404, ""))) {
                        Altered.collect(type, TestSite.target(site.web()), WITH);
                    }
                })
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("answers 404");
    }

    private Judgement judge(String page, String redirect) throws CollectException {
        try (TestSite site = TestSite.https(request -> switch (request.path()) {
            case "/" -> Response.html(page);
            case "/documents/dpa" -> Response.html("<h1>Processing</h1>");
            case "/logo.svg" -> Response.of(200, "<svg/>", "Content-Type: image/svg+xml");
            case "/empty" -> Response.html("<!doctype html><title> </title><p>");
            case "/nothing" -> Response.of(200, "");
            case "/lost" -> Response.html("<title>Page not found</title><p>Sorry");
            case "/lost-de" -> Response.html("<h1>Seite nicht gefunden</h1>");
            case "/lost.txt" -> Response.of(200, "404: no such document\n", "Content-Type: text/plain");
            case "/away" ->
                Response.html("<meta http-equiv=Refresh content=\"0; url='//evil.invalid/x'\"><h1>DPA</h1>");
            case "/documents/privacy" -> Response.html("<h1 id=scope>Scope</h1>");
            case "/moved" -> Response.of(302, "", "Location: " + redirect);
            default -> Response.of(404, "");
        })) {
            Facts facts = Altered.collect(type, TestSite.target(site.web()), WITH);
            return type.judge().judge(facts, Map.of(), Altered.NOW);
        }
    }
}
