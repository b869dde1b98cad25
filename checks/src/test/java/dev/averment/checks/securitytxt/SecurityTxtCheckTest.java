package dev.averment.checks.securitytxt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Altered;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.claims.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityTxtCheckTest {
    private static final Path CORPUS = Path.of("src/test/resources/security-txt");
    private static final String GOOD = "Contact: mailto:security@example.org\nExpires: 2027-06-30T12:00:00Z\n";

    private final SecurityTxtCheck type = new SecurityTxtCheck();

    static List<Path> bad() throws IOException {
        return corpus("bad-");
    }

    static List<Path> good() throws IOException {
        return corpus("good-");
    }

    private static List<Path> corpus(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_bad_file_is_refused_for_exactly_the_defect_it_is_named_by(Path file) throws IOException {
        String defect = file.getFileName().toString().replaceAll("^bad-|\\.txt$", "");

        assertThat(SecurityTxt.parse(Files.readAllBytes(file)).problems())
                .extracting(SecurityTxt.Problem::rule)
                .containsExactly(defect);
    }

    @ParameterizedTest
    @MethodSource("good")
    void a_good_file_has_no_problem(Path file) throws IOException {
        SecurityTxt parsed = SecurityTxt.parse(Files.readAllBytes(file));

        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.expires()).contains(java.time.Instant.parse("2027-06-30T12:00:00Z"));
        assertThat(parsed.signed()).isEqualTo(file.getFileName().toString().contains("signed"));
    }

    @Property(tries = 300)
    void any_bytes_are_read_without_a_crash(@ForAll byte[] bytes) {
        assertThat(SecurityTxt.parse(bytes).problems()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({
        "status, 404",
        "url, http://example.org/.well-known/security.txt",
        "url, https://elsewhere.example/.well-known/security.txt",
        "contentType, text/html",
        "contentType, text/plain",
        "expires, 2026-11-22T12:00:00Z",
        "expires, 2020-01-01T00:00:00Z",
        "expires, 2028-01-01T00:00:00Z",
        "expires, ''",
        "contacts, 0",
        "signed, false",
        "signature, bad",
        "tooLong, true",
    })
    void one_wrong_fact_is_failing(String fact, String value) {
        Object altered = switch (fact) {
            case "status", "contacts" -> Long.valueOf(value);
            case "signed", "tooLong" -> Boolean.valueOf(value);
            default -> value;
        };

        assertThat(Altered.of(type, Map.of("signed", true))
                        .subjects(fact, altered)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_bad_signature_is_failing_even_where_none_is_demanded() {
        assertThat(Altered.of(type, Map.of()).subjects("signature", "bad").verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_signature_that_was_not_verified_proves_nothing_where_one_is_demanded() {
        assertThat(Altered.of(type, Map.of("signed", true))
                        .subjects("signature", "unchecked")
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, Map.of()).subjects("signature", "unchecked").verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:text/plain,x", "mailto:nobody", "https:///", "https://", "tel:call-us", "urn:a:b"})
    void a_contact_must_be_one_that_somebody_can_be_reached_at(String contact) {
        byte[] file = ("Contact: " + contact + "\nExpires: 2027-06-30T12:00:00Z\n").getBytes(StandardCharsets.UTF_8);

        assertThat(SecurityTxt.parse(file).problems()).isNotEmpty();
    }

    @Test
    void a_signature_of_another_key_than_the_promised_one_is_failing() {
        String key = "ABCD 0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123";
        Altered pinned = Altered.of(type, Map.of("key", key));

        assertThat(pinned.subjects("signatureKey", key.replace(" ", "")).verdict())
                .isEqualTo(Verdict.PROVEN);
        assertThat(pinned.subjects("signatureKey", "00" + key.substring(2)).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(pinned.subjects("signed", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(pinned.subjects("signature", "unchecked").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_problem_is_told_in_the_reason() {
        Judgement judgement = Altered.of(type, Map.of())
                .subjects("problems", List.of("line 3: Expires may appear only once (expires-twice)"));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("line 3: Expires may appear only once");
    }

    @Test
    void canonical_is_demanded_only_when_the_page_says_so() {
        assertThat(Altered.of(type, Map.of()).subjects("canonical", List.of()).verdict())
                .isEqualTo(Verdict.PROVEN);
        assertThat(Altered.of(type, Map.of("canonical", true))
                        .subjects("canonical", List.of())
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | text/plain; charset=utf-8 | PROVEN",
                "200 | text/plain; charset=UTF-8 | PROVEN",
                "200 | text/html | FAILING",
                "404 | text/plain; charset=utf-8 | FAILING",
                "301 | text/plain; charset=utf-8 | FAILING",
            })
    void the_answer_counts_as_well_as_the_file(int status, String contentType, Verdict verdict) throws Exception {
        try (TestSite site = TestSite.https(request -> request.path().equals("/.well-known/security.txt")
                ? Response.of(status, GOOD, "Content-Type: " + contentType)
                : Response.of(404, ""))) {
            Facts facts = Altered.collect(type, TestSite.target(site.web()), Map.of());

            assertThat(type.judge().judge(facts, Map.of(), Altered.NOW).verdict())
                    .isEqualTo(verdict);
        }
    }

    @Test
    void an_expired_file_on_a_real_server_is_failing_and_names_the_day() throws Exception {
        try (TestSite site = TestSite.https(
                request -> Response.of(200, GOOD.replace("2027", "2025"), "Content-Type: text/plain; charset=utf-8"))) {
            Facts facts = Altered.collect(type, TestSite.target(site.web()), Map.of());
            Judgement judgement = type.judge().judge(facts, Map.of(), Altered.NOW);

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
            assertThat(judgement.reason()).contains("expired at 2025-06-30T12:00:00Z");
        }
    }
}
