package dev.averment.cli.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.prove.Observation;
import dev.averment.checks.prove.PageProof;
import dev.averment.checks.prove.PageProof.CheckProof;
import dev.averment.checks.prove.PageProof.ClaimProof;
import dev.averment.claims.Audience;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.claims.file.Place;
import dev.averment.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One proof with a claim at every verdict, in every format, as it is kept beside this test. */
class ReportsTest {
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");

    private static PageProof proof() {
        List<ClaimProof> claims = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            boolean looked = verdict != Verdict.UNPROVEN;
            String reason = switch (verdict) {
                case PROVEN -> "12 tables are isolated";
                case ATTESTED -> "attested by A. Person";
                case EXEMPT -> "exempt until 2026-12-01T00:00:00Z by A. Owner: being repaired";
                case STALE -> "last proven at 2026-11-20T12:00:00Z, too long ago";
                case UNPROVEN -> "There is no check of the type later yet; it will come.";
                case FAILING -> "table <a&b>\u0001 \u001b[31mred has no policy";
            };
            var binding = new CheckBinding(
                    "main",
                    looked ? "isolation-catalog" : "later",
                    Duration.ofHours(1),
                    Duration.ofHours(3),
                    Map.of(),
                    Map.of());
            Instant observed = AT.minusSeconds(verdict == Verdict.STALE ? 172_800 : 14);
            var facts = new Facts(
                    observed,
                    looked ? List.of(new Subject("public.runs", Map.of("forced", true, "policies", 1L))) : List.of(),
                    Map.of("tables", 12L, "schemas", List.of("public")));
            var observation = new Observation(
                    verdict.word() + "-claim", "main", binding.type(), facts, new Judgement(verdict, reason), AT);
            var claim = new Claim(
                    verdict.word() + "-claim",
                    verdict == Verdict.PROVEN ? "R8" : null,
                    "data",
                    Map.of(
                            "en",
                            "Each workspace sees its own rows only, and at most {n} people can see more than that."),
                    Map.of("n", "3"),
                    "engineering",
                    Audience.PUBLIC,
                    List.of("gdpr:32.1.b"),
                    List.of(binding),
                    List.of(),
                    null);
            claims.add(new ClaimProof(
                    claim, verdict, reason, List.of(new CheckProof(binding, verdict, reason, looked, observation))));
        }
        var page = new Page(
                "sample",
                Map.of("en", "Sample"),
                "en",
                LocalDate.of(2026, 11, 22),
                Map.of(),
                List.of(new Page.Section("data", Map.of("en", "Data"))),
                List.of(),
                claims.stream().map(ClaimProof::claim).toList(),
                "page: sample\n".getBytes(StandardCharsets.UTF_8));
        return new PageProof(page, "https://localhost:8443", AT, claims);
    }

    private static String write(ProofReport report) {
        PageProof proof = proof();
        Map<String, Place> places = new HashMap<>();
        for (int i = 0; i < proof.claims().size(); i++) {
            places.put(proof.claims().get(i).claim().id(), new Place(10 + i, 5));
        }
        var file = new PageFile("pages/my page.yaml", Path.of("pages/my page.yaml"), proof.page(), places);
        var out = new ByteArrayOutputStream();
        report.write(file, proof, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static TextReport text(boolean colour) {
        return new TextReport(new Terminal(System.out, System.err, colour, 100));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = ReportsTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void text_is_as_kept() throws IOException {
        assertThat(write(text(false))).isEqualTo(golden("proof.txt"));
    }

    @Test
    void colour_adds_nothing_but_colour() {
        String coloured = write(text(true));
        assertThat(coloured).contains("\u001b[");
        assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(write(text(false)));
    }

    @Test
    void json_is_as_kept() throws IOException {
        assertThat(write(new JsonReport())).isEqualTo(golden("proof.json"));
    }

    @Test
    void junit_is_as_kept_and_valid() throws Exception {
        String xml = write(new JunitReport());
        assertThat(xml).isEqualTo(golden("proof.xml"));
        Schema schema = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(new StreamSource(new StringReader(golden("junit.xsd"))));
        schema.newValidator().validate(new StreamSource(new StringReader(xml)));
        assertThatThrownBy(() -> schema.newValidator()
                        .validate(new StreamSource(new StringReader(xml.replace("errors=\"2\"", "errors=\"two\"")))))
                .as("the schema can say no")
                .isInstanceOf(SAXException.class);
    }

    @Test
    void sarif_is_as_kept() throws IOException {
        assertThat(write(new SarifReport("1.0"))).isEqualTo(golden("proof.sarif"));
    }

    /** The rules of SARIF 2.1.0 that bear on what we write, by their sections. */
    @Test
    void sarif_keeps_the_standard_s_rules() {
        JsonNode root = JsonMapper.shared().readTree(write(new SarifReport("1.0")));
        assertThat(root.at("/version").asString()).as("3.13.2").isEqualTo("2.1.0");
        JsonNode run = root.at("/runs/0");
        assertThat(run.at("/tool/driver/name").asString()).as("3.19.8").isNotBlank();
        assertThat(run.at("/invocations/0/executionSuccessful").isBoolean())
                .as("3.20.14")
                .isTrue();
        assertThat(run.at("/columnKind").asString()).as("3.14.17").isIn("utf16CodeUnits", "unicodeCodePoints");
        assertThat(run.at("/artifacts/0/location/uri").asString())
                .as("3.4.3, RFC 3986")
                .isEqualTo("pages/my%20page.yaml");
        List<String> rules = new ArrayList<>();
        run.at("/tool/driver/rules").forEach(rule -> {
            rules.add(rule.at("/id").asString());
            assertThat(rule.at("/shortDescription/text").asString())
                    .as("3.11.8")
                    .isNotBlank();
        });
        assertThat(rules).as("3.49.3").doesNotHaveDuplicates().hasSize(Verdict.values().length);
        assertThat(run.at("/results").size()).isEqualTo(rules.size());
        run.at("/results").forEach(result -> {
            assertThat(rules.get(result.at("/ruleIndex").asInt()))
                    .as("3.27.6")
                    .isEqualTo(result.at("/ruleId").asString());
            assertThat(result.at("/message/text").asString()).as("3.27.11").isNotBlank();
            assertThat(result.at("/level").asString()).as("3.27.10").isIn("none", "note", "warning", "error");
            if (!result.at("/kind").asString().equals("fail")) {
                assertThat(result.at("/level").asString())
                        .as("3.27.10, last paragraph")
                        .isEqualTo("none");
            }
            JsonNode place = result.at("/locations/0/physicalLocation");
            assertThat(place.at("/region/startLine").asInt()).as("3.30.5").isPositive();
            assertThat(place.at("/region/startColumn").asInt()).as("3.30.6").isPositive();
            assertThat(place.at("/artifactLocation/index").asInt()).as("3.4.5").isZero();
            result.at("/suppressions")
                    .forEach(suppression -> assertThat(suppression.at("/kind").asString())
                            .as("3.35.2")
                            .isIn("inSource", "external"));
        });
    }

    @Test
    void a_long_sentence_is_cut_at_a_word() {
        assertThat(TextReport.shortened("one two three four", 12)).isEqualTo("one two…");
        assertThat(TextReport.shortened("one two", 12)).isEqualTo("one two");
        assertThat(TextReport.shortened("abcdefghijklmnop", 10)).isEqualTo("abcdefghi…");
    }

    @Test
    void ages_are_told_in_the_largest_unit_that_fits() {
        assertThat(TextReport.age(AT, AT)).isEqualTo("now");
        assertThat(TextReport.age(AT.minusSeconds(59), AT)).isEqualTo("59 s ago");
        assertThat(TextReport.age(AT.minusSeconds(60), AT)).isEqualTo("1 min ago");
        assertThat(TextReport.age(AT.minus(Duration.ofHours(47)), AT)).isEqualTo("47 h ago");
        assertThat(TextReport.age(AT.minus(Duration.ofDays(2)), AT)).isEqualTo("2 d ago");
    }
}
