package dev.averment.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimLintTest {

    private static String page(String policy, String text, String check) {
        return """
                page: sample
                title: Sample
                authoritative: en
                asOf: 2026-03-01
                names: [SOC 2]
                policy: %s
                sections:
                  - {id: all, title: All}
                claims:
                  - id: claim
                    section: all
                    text: "%s"
                    owner: security
                    checks:
                      - %s
                    selftests:
                      - {check: check, set: {subjects: []}, verdict: unproven}
                """.formatted(policy, text, check);
    }

    private static List<ClaimLint.Finding> lint(String policy, String text, String check) {
        return ClaimLint.lint(Corpus.parsed("sample", page(policy, text, check)));
    }

    private static final String ANY_CHECK = "{id: check, type: tls-versions}";

    @ParameterizedTest
    @CsvSource({
        "We are SOC 2 certified.",
        "Our certification is current.",
        "We are GDPR compliant.",
        "Wir sind zertifiziert.",
        "DSGVO-konforme Verarbeitung.",
    })
    void certificationWordsNeedACertificate(String text) {
        assertThat(lint("{}", text, ANY_CHECK)).anySatisfy(finding -> {
            assertThat(finding.id()).isEqualTo("certification-words");
            assertThat(finding.refuse()).isTrue();
            assertThat(finding.claim()).isEqualTo("claim");
            assertThat(finding.place().line()).isEqualTo(12);
        });
        assertThat(lint("{}", text, "{id: check, type: records, with: {register: certificates}}"))
                .extracting(ClaimLint.Finding::id)
                .doesNotContain("certification-words");
    }

    @Test
    void tlsCertificatesAreNoCertification() {
        assertThat(lint("{}", "Certificates are obtained by the edge.", ANY_CHECK))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "We never lose data.",
        "Backups always work.",
        "Our system is unhackable.",
        "Wir verlieren niemals Daten."
    })
    void absoluteWordsAreFlagged(String text) {
        assertThat(lint("{}", text, ANY_CHECK))
                .extracting(ClaimLint.Finding::id)
                .containsExactly("absolute-words");
    }

    @ParameterizedTest
    @CsvSource({"We answer within two hours.", "Wir antworten in drei Tagen.", "For at least one year."})
    void spelledFiguresAreFlagged(String text) {
        assertThat(lint("{}", text, ANY_CHECK))
                .extracting(ClaimLint.Finding::id)
                .containsExactly("spelled-figure");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{passwords: {hash: argon2id, memory: 64KiB, time: 3}} | weak-password-hash",
                "{passwords: {hash: argon2id, memory: 45MiB, time: 1}} | weak-password-hash",
                "{passwords: {hash: argon2id, memory: 18MiB, time: 2}} | weak-password-hash",
                "{passwords: {hash: scrypt, cost: 16}} | weak-password-hash",
                "{passwords: {hash: scrypt, cost: 65536}} | weak-password-hash",
                "{passwords: {hash: bcrypt, cost: 9}} | weak-password-hash",
                "{tls: {min: 1.1}} | weak-tls",
                "{hsts: {maxAge: 364d}} | weak-hsts",
                "{sessions: {accessTokenLifetime: 61m}} | long-access-token",
            })
    void policiesBelowPublishedMinimumsAreFlagged(String policy, String id) {
        assertThat(lint(policy, "We encrypt.", ANY_CHECK)).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo(id);
            assertThat(finding.place().line()).isEqualTo(6);
            assertThat(finding.remedy()).isNotBlank();
            assertThat(finding.refuse()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{passwords: {hash: argon2id, memory: 12MiB, time: 3}}",
                "{passwords: {hash: argon2id, memory: 46MiB, time: 1}}",
                "{passwords: {hash: scrypt, cost: 17}}",
                "{passwords: {hash: scrypt, cost: 131072}}",
                "{passwords: {hash: bcrypt, cost: 10}}",
                "{tls: {min: 1.2}, hsts: {maxAge: 365d}, sessions: {accessTokenLifetime: 60m}}",
            })
    void policiesAtTheMinimumAreNot(String policy) {
        assertThat(lint(policy, "We encrypt.", ANY_CHECK)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{id: check, type: password-storage, expect: {hash: argon2id, memory: 64KiB, time: 3}} | weak-password-hash",
                "{id: check, type: password-storage, expect: {hash: bcrypt, cost: {min: 8}}} | weak-password-hash",
                "{id: check, type: tls-versions, expect: {min: \"1.1\"}} | weak-tls",
                "{id: check, type: http-headers, expect: {hsts: {minAge: 1d}}} | weak-hsts",
                "{id: check, type: access-tokens, expect: {lifetime: {max: 24h}}} | long-access-token",
            })
    void claimsBelowPublishedMinimumsAreFlagged(String check, String id) {
        assertThat(lint("{}", "We encrypt.", check))
                .extracting(ClaimLint.Finding::id)
                .containsExactly(id);
    }

    @Test
    void aTranslationThatWasLeftBehindIsStale() {
        String before = Corpus.text("valid-two-languages");
        String after = before.replace("A restore drill proves", "A monthly restore drill proves");
        PageResult.Parsed parsed = Corpus.parsed("after", after);
        assertThat(ClaimLint.lint(
                        parsed.page(),
                        parsed.places(),
                        Corpus.parsed("before", before).page()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.id()).isEqualTo("translation-stale");
                    assertThat(finding.place().line()).isEqualTo(14);
                });
    }

    @Test
    void aMissingTranslationAndAMissingSelfTestAreFlagged() {
        String text = Corpus.text("valid-two-languages")
                .replace("      de: \"Eine Rückspielprobe belegt höchstens {rpo} Verlust.\"\n", "")
                .replaceAll("(?s)    selftests:.*", "");
        assertThat(ClaimLint.lint(Corpus.parsed("sample", text)))
                .extracting(ClaimLint.Finding::id)
                .containsExactly("translation-missing", "no-selftest");
    }
}
