package dev.averment.server.publicsite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every address of the public site over real HTTP. */
class PublicSiteRoutesTest {

    private static SampleSite site;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        site = new SampleSite(0);
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @BeforeEach
    void resetClock() {
        site.clock().set(SamplePages.NOW);
    }

    private static HttpResponse<byte[]> send(String method, String path, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(site.address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String body(String path, String... headers) throws Exception {
        var answer = send("GET", path, headers);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Document xml(String text) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/pages/self",
                "/pages/self/controls",
                "/pages/self/claims/rls",
                "/pages/self/claims/disclosure",
                "/pages/self/history",
                "/pages/self/documents/dpa",
                "/pages/self/sub-processors",
                "/styleguide",
                "/pages/new",
                "/pages/calm",
                "/pages/hostile",
                "/pages/hostile/controls",
                "/pages/hostile/claims/evil",
                "/pages/hostile/history",
                "/pages/hostile/sub-processors"
            })
    void every_document_is_html_with_the_policy_and_nothing_inline(String path) throws Exception {
        var answer = send("GET", path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("text/html;charset=UTF-8");
        assertThat(answer.headers().firstValue("content-security-policy")).hasValue(PublicSite.CONTENT_SECURITY_POLICY);
        assertThat(answer.headers().firstValue("cache-control")).hasValue("max-age=5, public");
        assertThat(answer.headers().firstValue("vary")).hasValue("Accept-Encoding, Accept-Language");
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
        String html = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(html.strip()).startsWith("<!doctype html>").endsWith("</html>");
        assertThat(html).doesNotContainPattern("(?i)<style|\\sstyle=|<script>|<img|javascript:");
        assertThat(html).doesNotContainPattern("<[^>]*\\son[a-z]+=");
        assertThat(html).doesNotContain("internal-check", "Internal words", "packet-check", "hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pages/nobody",
                "/pages/nobody/controls",
                "/pages/nobody/history",
                "/pages/nobody/sub-processors",
                "/pages/self/claims/nothing",
                "/pages/self/documents/nothing",
                "/pages/nobody/feed.atom",
                "/pages/nobody/badge.svg",
                "/pages/nobody/packet.zip",
                "/pages/self/revisions/3.yaml",
                "/pages/self/revisions/-1.yaml",
                "/pages/self/revisions/99999999999.yaml",
                "/pages/self/claims/rls/checks/nothing/proof.tlog-proof",
                "/pages/self/claims/cross-tenant/checks/main/proof.tlog-proof",
                "/pages/self/claims/disclosure/checks/main/proof.tlog-proof",
                "/pages/hostile/claims/secret",
                "/pages/hostile/claims/packet-only",
                "/assets/0123456789abcdef/site.css",
                "/pages/%3Cscript%3E",
                "/pages/self/nothing",
                "/pages/self/claims/rls/checks/main",
                "/pages/"
            })
    void what_does_not_exist_gets_a_calm_404(String path) throws Exception {
        var answer = send("GET", path);
        assertThat(answer.statusCode()).isEqualTo(404);
        String html = new String(answer.body(), StandardCharsets.UTF_8);
        assertThat(html).contains("There is nothing at this address").contains("href=\"/pages/self\"");
        assertThat(html).doesNotContain("<script>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pages/nobody.json",
                "/pages/hostile/claims/secret/checks/main/leaf.json",
                "/pages/self/claims/disclosure/checks/main/leaf.json"
            })
    void a_program_gets_a_problem_instead(String path) throws Exception {
        var answer = send("GET", path);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("status").asInt()).isEqualTo(404);
        assertThat(problem.get("instance").asString()).isEqualTo(path);
        assertThat(problem.get("detail").asString()).isNotBlank();
    }

    @Test
    void the_page_says_what_holds_since_when_and_what_does_not() throws Exception {
        String text = body("/pages/self").replaceAll("<[^>]+>", "").replace('\u00a0', ' ');
        assertThat(text)
                .contains("11 of 14 statements hold, each of them without a break since 14 Nov 2026, 14:03 UTC");
        assertThat(text).contains("one is failing").contains("one is unproven").contains("one is stale");
        assertThat(text).contains("Table attachment: 3 rows of another workspace were readable.");
        assertThat(text).contains("acknowledged within 24 h").contains("We pay for every confirmed report.");
    }

    @Test
    void a_page_without_observations_claims_nothing() throws Exception {
        String html = body("/pages/new");
        assertThat(html).contains("Nothing has been observed yet: 2 statements wait for a first proof.");
        assertThat(html).contains("no data yet").doesNotContain("statements hold");
    }

    @Test
    void the_calm_page_says_that_all_holds_and_names_nothing_wrong() throws Exception {
        String html = body("/pages/calm?lang=de");
        assertThat(html).contains("Alle 2 Aussagen dieser Seite gelten, jede davon ohne Unterbrechung seit");
        assertThat(html).doesNotContain("Was nicht gilt");
        assertThat(html).contains("nach <span class=\"figure\">30\u00a0Tagen</span>");
    }

    @Test
    void the_matrix_has_a_row_for_each_public_claim_linking_its_proof() throws Exception {
        String html = body("/pages/self/controls");
        List<String> ids = Pattern.compile("<tr[^>]* data-claim=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(m -> m.group(1))
                .toList();
        assertThat(ids).hasSize(14).contains("rls", "cross-tenant").doesNotHaveDuplicates();
        assertThat(html).contains("href=\"/pages/self/claims/rls\"").contains("GDPR Art.\u00a032(1)(b)");
    }

    @Test
    void a_claim_shows_facts_parameters_blind_spots_history_and_its_entry() throws Exception {
        String html = body("/pages/self/claims/rls");
        assertThat(html).contains("rpo.max").contains("15m").contains("integrated at 48213");
        assertThat(html).contains("Says nothing about systems that the page does not name.");
        assertThat(html).contains("tls1.0").contains("class=\"lane\"").contains("bar-proven");
        assertThat(html).contains("/pages/self/claims/rls/checks/main/leaf.json");
        assertThat(html).contains("/pages/self/claims/rls/checks/main/proof.tlog-proof");
        assertThat(html).contains("Tabellen eines Arbeitsbereichs");
    }

    @Test
    void an_entry_that_is_not_integrated_offers_no_proof() throws Exception {
        String html = body("/pages/self/claims/cross-tenant");
        assertThat(html).contains("sequenced, not yet integrated").contains("Its proof follows");
        assertThat(html).doesNotContain("proof.tlog-proof");
    }

    @Test
    void the_documents_are_linked_and_their_html_is_shown_as_text() throws Exception {
        String page = body("/pages/self");
        assertThat(page)
                .contains("data-document=\"dpa\"")
                .contains("data-document=\"disclosure\"")
                .contains("data-document=\"sub-processors\"");
        String dpa = body("/pages/self/documents/dpa");
        assertThat(dpa).contains("&lt;script&gt;").contains("<em>only</em>").doesNotContain("javascript:");
        assertThat(Pattern.compile("<h1").matcher(dpa).results().count()).isEqualTo(1);
        assertThat(dpa)
                .contains("<h2>1. Subject</h2>")
                .contains("<td>Telemetry</td>")
                .contains("&lt;b&gt;Mail");
    }

    @Test
    void a_sub_processor_without_location_is_shown_as_lacking_it() throws Exception {
        String html = body("/pages/self/sub-processors");
        assertThat(html).contains("Nordwolke Hosting GmbH").contains("Frankfurt am Main, Germany");
        assertThat(html)
                .containsPattern(
                        "(?s)Pagewell Inc\\..*data-field=\"location\"[^>]*><span class=\"missing\">not stated");
    }

    @Test
    void json_has_the_documented_shape() throws Exception {
        JsonNode json = JsonMapper.shared().readTree(body("/pages/self.json"));
        assertThat(json.propertyNames()).containsExactly("page", "revision", "at", "claims", "summary");
        assertThat(json.get("page").asString()).isEqualTo("self");
        assertThat(Instant.parse(json.get("at").asString())).isEqualTo(SamplePages.NOW);
        assertThat(json.get("claims")).hasSize(14);
        JsonNode failing = json.get("claims").get(4);
        assertThat(failing.get("id").asString()).isEqualTo("cross-tenant");
        assertThat(failing.get("ledger").asString()).isEqualTo("R9");
        assertThat(failing.get("verdict").asString()).isEqualTo("failing");
        assertThat(Instant.parse(failing.get("observedAt").asString())).isEqualTo(SamplePages.NOW.minusSeconds(41));
        JsonNode check = failing.get("checks").get(0);
        assertThat(check.get("type").asString()).isEqualTo("tenant-probe");
        assertThat(check.get("subjects").asInt()).isEqualTo(84);
        assertThat(check.get("reason").asString()).startsWith("Table attachment");
        assertThat(json.get("summary").get("proven").asInt()).isEqualTo(8);
        assertThat(json.get("summary").propertyNames())
                .containsExactly("proven", "attested", "exempt", "stale", "unproven", "failing");
        assertThat(JsonMapper.shared().readTree(body("/pages/hostile.json")).get("claims"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"self", "calm", "new", "hostile"})
    void the_feed_is_well_formed_atom(String page) throws Exception {
        Document feed = xml(body("/pages/" + page + "/feed.atom"));
        Element root = feed.getDocumentElement();
        String atom = "http://www.w3.org/2005/Atom";
        assertThat(root.getNamespaceURI()).isEqualTo(atom);
        assertThat(root.getLocalName()).isEqualTo("feed");
        var entries = root.getElementsByTagNameNS(atom, "entry");
        assertThat(entries.getLength()).isPositive();
        var ids = new java.util.HashSet<String>();
        Instant last = Instant.MAX;
        for (int i = 0; i < entries.getLength(); i++) {
            var entry = (Element) entries.item(i);
            for (String required : List.of("id", "title", "updated")) {
                assertThat(entry.getElementsByTagNameNS(atom, required).getLength())
                        .isEqualTo(1);
            }
            assertThat(ids.add(entry.getElementsByTagNameNS(atom, "id").item(0).getTextContent()))
                    .isTrue();
            Instant updated = Instant.parse(
                    entry.getElementsByTagNameNS(atom, "updated").item(0).getTextContent());
            assertThat(updated).isBeforeOrEqualTo(last);
            last = updated;
        }
        assertThat(root.getElementsByTagNameNS(atom, "author").getLength()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"self", "hostile"})
    void every_link_of_the_feed_is_a_whole_address_under_the_configured_one(String page) throws Exception {
        Element root = xml(body("/pages/" + page + "/feed.atom")).getDocumentElement();
        var links = root.getElementsByTagNameNS("http://www.w3.org/2005/Atom", "link");
        assertThat(links.getLength()).isGreaterThanOrEqualTo(3);
        for (int i = 0; i < links.getLength(); i++) {
            URI href = URI.create(((Element) links.item(i)).getAttribute("href"));
            assertThat(href.toString()).startsWith(SampleSite.BASE + "/pages/" + page);
            // Whoever follows it arrives: the same path is answered here.
            assertThat(body(href.getRawPath())).isNotEmpty();
        }
        assertThat(((Element) links.item(0)).getAttribute("rel")).isEqualTo("self");
        assertThat(((Element) links.item(0)).getAttribute("href"))
                .isEqualTo(SampleSite.BASE + "/pages/" + page + "/feed.atom");
    }

    @Test
    void the_badge_is_valid_svg_and_says_the_worst() throws Exception {
        Element failing = xml(body("/pages/self/badge.svg")).getDocumentElement();
        assertThat(failing.getLocalName()).isEqualTo("svg");
        assertThat(failing.getAttribute("aria-label")).contains("11 of 14").contains("one is failing");
        assertThat(failing.getTextContent()).contains("one is failing");
        assertThat(xml(body("/pages/calm/badge.svg")).getDocumentElement().getTextContent())
                .contains("2/2");
        assertThat(body("/pages/hostile/badge.svg")).doesNotContain("style=");
    }

    @Test
    void files_are_downloads_with_plain_names() throws Exception {
        var packet = send("GET", "/pages/self/packet.zip");
        assertThat(packet.headers().firstValue("content-disposition"))
                .hasValue("attachment; filename=\"self-packet.zip\"");
        assertThat(packet.body()).startsWith('P', 'K', 3, 4);
        assertThat(send("GET", "/pages/self/packet.zip?seen=7").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/pages/self/packet.zip?seen=8").statusCode()).isEqualTo(404);
        for (String nonsense : new String[] {"-1", "0", "x", "99999999999999999"}) {
            assertThat(send("GET", "/pages/self/packet.zip?seen=" + nonsense).statusCode())
                    .isEqualTo(400);
        }
        var none = send("GET", "/pages/new/packet.zip");
        assertThat(none.statusCode()).isEqualTo(503);
        assertThat(none.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(new String(none.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("The log has no published checkpoint yet.");
        assertThat(body("/pages/self/revisions/7.yaml")).isEqualTo("page: self\nauthoritative: en\n");
        assertThat(body("/pages/self/claims/rls/checks/main/leaf.json"))
                .isEqualTo("{\"kind\":\"observation\",\"claim\":\"rls\"}");
        assertThat(body("/pages/self/claims/rls/checks/main/proof.tlog-proof")).startsWith("c2sp.org/tlog-proof@v1\n");
    }

    @Test
    void the_language_is_negotiated_and_a_choice_sticks() throws Exception {
        String english = body("/pages/self", "Accept-Language", "fr, en;q=0.8, de;q=0.5");
        assertThat(english).contains("<html lang=\"en\"").contains("The wording that counts");
        String german = body("/pages/self", "Accept-Language", "de-AT, en;q=0.5");
        assertThat(german).contains("<html lang=\"de\"").contains("maßgeblich ist der Text auf Englisch");
        assertThat(german).contains("Rückspielprobe").contains("href=\"/pages/self/controls\"");
        assertThat(german).contains("hreflang=\"en\" href=\"/pages/self?lang=en\"");
        String chosen = body("/pages/self?lang=de", "Accept-Language", "en");
        assertThat(chosen).contains("<html lang=\"de\"").contains("href=\"/pages/self/controls?lang=de\"");
        assertThat(body("/pages/calm", "Accept-Language", "fr")).contains("<html lang=\"de\"");
        assertThat(body("/pages/new?lang=de")).contains("<html lang=\"en\"");
        assertThat(body("/pages/self", "Accept-Language", ";;q=,,=" + "x".repeat(300)))
                .contains("<html lang=\"en\"");
    }

    @Test
    void an_unchanged_document_is_answered_304_and_head_has_no_body() throws Exception {
        var first = send("GET", "/pages/self");
        String tag = first.headers().firstValue("etag").orElseThrow();
        var again = send("GET", "/pages/self", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        var head = send("HEAD", "/pages/self");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("etag")).hasValue(tag);
        assertThat(head.headers().firstValueAsLong("content-length")).hasValue(first.body().length);
        assertThat(send("GET", "/pages/self", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void compressed_bytes_are_the_same_document_under_their_own_tag() throws Exception {
        var plain = send("GET", "/pages/self/history");
        var gzip = send("GET", "/pages/self/history", "Accept-Encoding", "br, gzip");
        assertThat(gzip.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(gzip.headers().firstValue("etag"))
                .isNotEqualTo(plain.headers().firstValue("etag"));
        assertThat(send("GET", "/pages/self", "Accept-Encoding", "gzip;q=0")
                        .headers()
                        .firstValue("content-encoding"))
                .isEmpty();
    }

    @Test
    void assets_are_named_by_content_and_kept_for_ever() throws Exception {
        String html = body("/pages/self");
        Matcher assets = Pattern.compile("/assets/[0-9a-f]{16}/[a-z0-9./-]+").matcher(html);
        int seen = 0;
        while (assets.find()) {
            var answer = send("GET", assets.group());
            assertThat(answer.statusCode()).as(assets.group()).isEqualTo(200);
            assertThat(answer.headers().firstValue("cache-control")).hasValue("max-age=31536000, public, immutable");
            seen++;
            if (assets.group().endsWith("site.css")) {
                String css = new String(answer.body(), StandardCharsets.UTF_8);
                assertThat(css).doesNotContain("url(fonts/");
                Matcher fonts = Pattern.compile("url\\((/assets/[^)]+)\\)").matcher(css);
                assertThat(fonts.results().count()).isEqualTo(5);
                fonts.reset();
                while (fonts.find()) {
                    assertThat(send("GET", fonts.group(1)).headers().firstValue("content-type"))
                            .hasValue("font/woff2");
                }
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(5);
    }

    @Test
    void ages_move_on_after_five_seconds_and_not_before() throws Exception {
        assertThat(body("/pages/self/claims/tls-floor")).contains(">14\u00a0s ago<");
        site.clock().set(SamplePages.NOW.plusSeconds(4));
        assertThat(body("/pages/self/claims/tls-floor")).contains(">14\u00a0s ago<");
        site.clock().set(SamplePages.NOW.plus(Duration.ofSeconds(6)));
        assertThat(body("/pages/self/claims/tls-floor")).contains(">20\u00a0s ago<");
        site.clock().set(SamplePages.NOW.minusSeconds(60));
        assertThat(body("/pages/self/claims/tls-floor")).contains(">just now<");
    }

    @Test
    void a_changed_state_shows_at_once() throws Exception {
        assertThat(body("/pages/calm?lang=en")).contains("All 2 statements");
        var now = SamplePages.calm();
        var changed = SamplePages.state(
                "calm",
                now.page().title(),
                "de",
                2,
                List.of(
                        now.claims().getFirst(),
                        SamplePages.claim(
                                "retention",
                                "D10",
                                "continuity",
                                "x",
                                "x",
                                java.util.Map.of(),
                                "Betrieb",
                                List.of(),
                                dev.averment.claims.Verdict.FAILING,
                                3,
                                0.001,
                                "41 days",
                                "backup-catalogue")));
        site.pages().put(changed);
        try {
            assertThat(body("/pages/calm?lang=en"))
                    .contains("1 of 2 statements holds")
                    .contains("41 days");
        } finally {
            site.pages().put(now);
        }
    }

    @Test
    void without_any_page_the_site_says_what_to_do_first() throws Exception {
        try (var empty = new SampleSite(0)) {
            empty.pages().clear();
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(empty.address() + "/")).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("No page is published yet").contains("aver init");
        }
    }
}
