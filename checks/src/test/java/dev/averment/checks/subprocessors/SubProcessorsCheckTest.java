package dev.averment.checks.subprocessors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.target.Registers;
import dev.averment.checks.target.Registers.Entry;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.claims.Verdict;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubProcessorsCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("fields", List.of("location", "purpose"));
    private static final Entry HOST =
            entry("host", "Hosting Ltd", Map.of("location", "Falkenstein, DE", "purpose", "Hosting"));
    private static final Entry MAIL =
            entry("mail", "Mail GmbH", Map.of("location", "Berlin, DE", "purpose", "Sending mail"));
    private static final String MARKED = """
            <table>
            <tr data-register="sub-processors" data-entry="host"><td>Hosting Ltd<td>Falkenstein,&nbsp;DE<td>Hosting</tr>
            <tr data-register="sub-processors" data-entry="mail"><td>Mail GmbH<td>Berlin, DE<td>Sending mail</tr>
            </table>
            """;

    private final SubProcessorsCheck type = new SubProcessorsCheck();

    @Test
    void altered_facts_are_failing() {
        Altered altered = Altered.of(type, EXPECT);

        assertThat(altered.subjects("listed", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subjects("registered", List.of("purpose")).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subjects("published", List.of("location")).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.value("onlyOnPage", List.of("stray")).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void register_and_page_that_agree_are_proven() throws Exception {
        assertThat(judge(MARKED, HOST, MAIL).verdict()).isEqualTo(Verdict.PROVEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Berlin, DE | Boston, US | The page does not show the location of mail",
                "data-entry=\"mail\" | data-entry=\"post\" | The page lists post",
                "Mail GmbH | Post AG | mail is in the register, but not on the page",
            })
    void a_page_that_says_otherwise_is_named(String from, String to, String reason) throws Exception {
        Judgement judgement = judge(MARKED.replace(from, to), HOST, MAIL);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).startsWith(reason);
    }

    @Test
    void an_entry_without_location_is_named() throws Exception {
        Judgement judgement = judge(MARKED, HOST, entry("mail", "Mail GmbH", Map.of("purpose", "Sending mail")));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).isEqualTo("mail has no location in the register.");
    }

    @Test
    void a_page_without_marks_is_searched_by_title() throws Exception {
        String plain =
                "<ul><li>Hosting Ltd, Falkenstein, DE: hosting</li><li>Mail GmbH, Berlin, DE: sending mail</li></ul>";

        assertThat(judge(plain, HOST, MAIL).verdict()).isEqualTo(Verdict.PROVEN);
        assertThat(judge(plain.replace("Berlin, DE", "Boston, US"), HOST, MAIL).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ul><li>Hosting Ltd, Falkenstein, DE: hosting</li><li>Mail GmbH & Co. KG, Berlin, DE: sending mail</li></ul>",
                "<ul><li>Hosting Ltd, Falkenstein, DE: hosting</li><!-- <li>Mail GmbH, Berlin, DE: sending mail</li> --></ul>",
                "<ul><li>Hosting Ltd, Falkenstein, DE: hosting</li><li hidden>Mail GmbH, Berlin, DE: sending mail</li></ul>",
                "<style>.x { color: red; display : none }</style><ul><li>Hosting Ltd, Falkenstein, DE: hosting</li>"
                        + "<li class=x>Mail GmbH, Berlin, DE: sending mail</li></ul>",
                "<ul><li>Hosting Ltd, Falkenstein, DE: hosting</li><li>Fan-Mail GmbH, Berlin, DE: sending mail</li></ul>",
            })
    void a_name_within_another_and_a_row_that_nobody_sees_do_not_count(String page) throws Exception {
        Judgement judgement = judge(page, HOST, MAIL);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).startsWith("mail is in the register, but not on the page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden", "style=\"display:none\"", "style='visibility: hidden'"})
    void a_marked_row_that_is_hidden_is_not_on_the_page(String attribute) throws Exception {
        assertThat(judge(MARKED.replace("data-entry=\"mail\"", "data-entry=\"mail\" " + attribute), HOST, MAIL)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_field_must_be_said_in_words_of_its_own() throws Exception {
        Entry mail = entry("mail", "Mail GmbH", Map.of("location", "Ber", "purpose", "Sending mail"));

        assertThat(judge(MARKED, HOST, mail).reason()).startsWith("The page does not show the location of mail");
    }

    @Test
    void planned_and_past_entries_do_not_count() throws Exception {
        LocalDate past = LocalDate.of(2026, 11, 1);
        Entry planned = new Entry("mail", "Mail GmbH", "privacy", null, null, "planned", MAIL.details());
        Entry over = new Entry("mail", "Mail GmbH", "privacy", null, past, "done", MAIL.details());

        assertThat(judge(MARKED, HOST, planned).reason())
                .startsWith("1 sub-processors")
                .contains("1 that are planned");
        assertThat(judge(MARKED.replaceAll("(?m)^.*Hosting.*$", ""), planned).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(judge(MARKED, HOST, over).reason()).startsWith("mail is over since 2026-11-01");
        assertThat(judge(MARKED.replaceAll("(?m)^.*Mail.*$", ""), HOST, over).verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void an_empty_register_is_unproven() throws Exception {
        assertThat(judge("<p>Nobody</p>").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    private Judgement judge(String page, Entry... entries) throws CollectException {
        Registers registers = register -> List.of(entries);
        try (TestSite site = TestSite.https(request -> Response.html(page))) {
            Facts facts = Altered.collect(type, TestSite.target(site.web(), registers), Map.of());
            return type.judge().judge(facts, EXPECT, Altered.NOW);
        }
    }

    private static Entry entry(String id, String title, Map<String, String> details) {
        return new Entry(id, title, "privacy", null, null, "done", details);
    }
}
