package dev.averment.checks.certificationwords;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.target.Registers;
import dev.averment.checks.target.Registers.Entry;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Audience;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificationWordsCheckTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Entry ISO =
            entry("dc-iso", "Data centre, ISO/IEC 27001:2022", TODAY, TODAY.plusDays(1), "done", Map.of());

    private final CertificationWordsCheck type = new CertificationWordsCheck();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "We are SOC 2 certified.",
                "We are SOC2 Type II compliant.",
                "Fully GDPR compliant.",
                "Our processes are certified.",
                "Attested by an independent auditor.",
                "Operated in compliance with HIPAA.",
                "PCI-DSS Level 1.",
                "Wir sind nach ISO/IEC 27001 zertifiziert.",
                "Unser Betrieb ist zertifiziert.",
                "DSGVO-konform.",
                "Geprüft nach BSI C5.",
                "ISO27001.",
                "ISO-27001 is what we work by.",
                "We hold ISO 27 001.",
                "Information security after 27001.",
                "SOC2.",
                "SOC II reports are sent on demand.",
                "HIPAA compliant hosting.",
                "PCI DSS.",
                "FedRAMP moderate.",
                "The cloud meets C5.",
                "C5:2020, type 2.",
                "TISAX level 3.",
                "TÜV-geprüft.",
                "Unabhängig geprüfte Sicherheit.",
                "Von Dritten auditiert.",
                "ISO-zertifizierter Betrieb.",
                "Mit Gütesiegel.",
                "Cer\u00adti\u00adfied by experts.",
                "certi\u200bfied by experts.",
                "S\u041eC 2 Type II.",
                "\uff33\uff2f\uff23 \uff12.",
                "cert<b>ified</b> by experts.",
                "cert**ified** by experts.",
                "cert&shy;ified by experts.",
                "ISO\u00a027001.",
                "ISO\u201127001.",
                "We are not only fast but certified.",
                "No worries: SOC 2 certified.",
                "Without doubt certified.",
                "Nicht nur schnell, auch zertifiziert.",
            })
    void words_without_a_record_are_failing(String sentence) throws Exception {
        Judgement judgement = judge(sentence);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("promise (en)", sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Certificates are obtained by the edge by itself.",
                "Database connections require TLS certificates.",
                "We hold no certification.",
                "We are not SOC 2 certified.",
                "Nothing is implied that isn't held: no certification claims.",
                "Wir haben keine Zertifizierung.",
                "security.txt is compliant with RFC 9116.",
                "Isolation holds in any society.",
                "Connections use C5 instances.",
            })
    void words_that_imply_nothing_are_proven(String sentence) throws Exception {
        assertThat(judge(sentence).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_certificate_in_force_covers_its_standard_and_no_other() throws Exception {
        String sentence = "The data centre is ISO 27001 certified.";

        assertThat(judge(sentence, ISO).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judge("The data centre is SOC 2 certified.", ISO).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judge("The data centre is ISO 27001 and SOC 2 certified.", ISO)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(judge(sentence, entry("old", "ISO 27001", TODAY, TODAY.minusDays(1), "done", Map.of()))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(judge(sentence, entry("soon", "ISO 27001", TODAY, TODAY.plusDays(1), "planned", Map.of()))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_generic_word_is_covered_by_a_record_that_names_the_claim() throws Exception {
        String sentence = "Our backups are certified.";

        assertThat(judge(sentence, ISO).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judge(sentence, entry("b", "Seal", TODAY, TODAY.plusDays(1), "done", Map.of("claim", "promise")))
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void something_in_progress_needs_a_dated_milestone() throws Exception {
        String sentence = "SOC 2 Type II is in progress.";
        Entry milestone =
                entry("milestone", "SOC 2 Type II", TODAY.minusDays(9), TODAY.plusDays(90), "in-progress", Map.of());

        assertThat(judge(sentence).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judge(sentence, milestone).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judge("We are SOC 2 certified.", milestone).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judge(sentence, entry("milestone", "SOC 2", TODAY.minusDays(9), null, "planned", Map.of()))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_parameter_can_not_smuggle_a_word_in() throws Exception {
        assertThat(judge(claim("We are {x}.", Map.of("x", "SOC 2 certified")), List.of())
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void documents_are_read_as_well() throws Exception {
        Page.Document dpa =
                new Page.Document("dpa", Map.of("en", "DPA"), Map.of("en", "# Scope\n\n- Fine.\n- HIPAA certified.\n"));

        Judgement judgement = judge(claim("Fine.", Map.of()), List.of(dpa));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).startsWith("document:dpa (en) says \"- HIPAA certified.\"");
    }

    @Test
    void further_words_are_watched() throws Exception {
        Page page = Altered.page(List.of(claim("Military-grade security.", Map.of())), List.of());
        Registers none = _ -> List.of();
        Facts facts = Altered.collect(type, TestSite.target(none), page, Map.of("words", List.of("military-grade")));

        assertThat(type.judge().judge(facts, Map.of(), Altered.NOW).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void facts_that_were_not_read_are_unproven() {
        assertThat(Altered.of(type, Map.of()).subjects("findings", "none").verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, Map.of())
                        .subjects("findings", List.of(Map.of()))
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    private Judgement judge(String sentence, Entry... entries) throws CollectException {
        return judge(claim(sentence, Map.of()), List.of(), entries);
    }

    private Judgement judge(Claim claim, List<Page.Document> documents, Entry... entries) throws CollectException {
        Registers registers = register -> register.equals("certificates")
                ? List.of(entries).stream()
                        .filter(e -> !e.id().equals("milestone"))
                        .toList()
                : List.of(entries).stream()
                        .filter(e -> e.id().equals("milestone"))
                        .toList();
        Facts facts =
                Altered.collect(type, TestSite.target(registers), Altered.page(List.of(claim), documents), Map.of());
        return type.judge().judge(facts, Map.of(), Altered.NOW);
    }

    private static Claim claim(String sentence, Map<String, String> params) {
        return new Claim(
                "promise",
                null,
                "all",
                Map.of("en", sentence),
                params,
                "legal",
                Audience.PUBLIC,
                List.of(),
                List.of(Altered.binding("certification-words")),
                List.of(),
                null);
    }

    private static Entry entry(
            String id, String title, LocalDate dated, LocalDate expires, String status, Map<String, String> details) {
        return new Entry(id, title, "legal", dated, expires, status, details);
    }
}
