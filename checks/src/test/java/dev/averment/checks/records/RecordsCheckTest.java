package dev.averment.checks.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.target.Registers;
import dev.averment.checks.target.Registers.Entry;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordsCheckTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Map<String, Object> EXPECT =
            Map.of("maxAge", "365d", "fields", List.of("issuer", "scope"), "status", List.of("done"), "minEntries", 1);

    private final RecordsCheck type = new RecordsCheck();

    @ParameterizedTest
    @CsvSource({
        "owned, false, FAILING",
        "expires, 2026-11-21, FAILING",
        "expires, 2026-11-22, ATTESTED",
        "expires, '', ATTESTED",
        "dated, 2025-11-21, FAILING",
        "dated, 2025-11-22, ATTESTED",
        "dated, 2026-11-23, FAILING",
        "dated, '', FAILING",
        "status, planned, FAILING",
        "status, '', FAILING",
        "fields, issuer, FAILING",
    })
    void one_altered_fact_changes_the_verdict(String fact, String value, Verdict verdict) {
        Object altered = switch (fact) {
            case "owned" -> Boolean.valueOf(value);
            case "fields" -> List.of(value);
            default -> value;
        };

        assertThat(Altered.of(type, EXPECT).subjects(fact, altered).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"2026-12-01, ATTESTED", "2026-11-22, ATTESTED", "2026-11-21, FAILING", "'', FAILING"})
    void a_planned_milestone_must_be_dated_and_not_overdue(String dated, Verdict verdict) {
        assertThat(Altered.of(type, Map.of("status", List.of("planned", "in-progress")))
                        .subjects("dated", dated)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void what_is_still_to_come_does_not_read_as_done() {
        Map<String, Object> planned = Map.of("status", List.of("planned", "in-progress"));
        assertThat(Altered.of(type, planned).subjects("dated", "2026-12-01").reason())
                .endsWith("in date; planned for 2026-12-01.");
        assertThat(Altered.of(type, planned).subjects("dated", "2026-11-22").reason())
                .endsWith("in date; the latest of 2026-11-22.");
    }

    @Test
    void too_few_entries_are_failing() {
        Facts one = type.passingExample(Map.of(), Altered.NOW);

        assertThat(type.judge().judge(one, Map.of("minEntries", 2), Altered.NOW).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void entries_in_order_are_attested_and_neither_owner_nor_details_are_written_down() throws Exception {
        Facts facts = collect(entry(
                "dc", "Ada", TODAY.minusDays(40), TODAY.plusDays(300), Map.of("issuer", "Bureau", "scope", "all")));

        Judgement judgement = type.judge().judge(facts, EXPECT, Altered.NOW);
        assertThat(judgement.verdict()).isEqualTo(Verdict.ATTESTED);
        assertThat(facts.toString()).doesNotContain("Ada").doesNotContain("Bureau");
    }

    @Test
    void an_expired_certificate_is_failing_until_a_newer_one_supersedes_it() throws Exception {
        Map<String, String> details = Map.of("issuer", "Bureau", "scope", "all");
        Entry old = entry("dc-1", "operations", TODAY.minusDays(500), TODAY.minusDays(1), details);
        Entry current = entry(
                "dc-2",
                "operations",
                TODAY.minusDays(1),
                TODAY.plusDays(300),
                Map.of("issuer", "Bureau", "scope", "all", "supersedes", "dc-1"));

        assertThat(type.judge().judge(collect(old), EXPECT, Altered.NOW).reason())
                .isEqualTo("dc-1 in certificates expired on 2026-11-21.");
        assertThat(type.judge()
                        .judge(collect(old, current), EXPECT, Altered.NOW)
                        .verdict())
                .isEqualTo(Verdict.ATTESTED);
    }

    @Test
    void what_is_in_progress_must_be_dated_and_not_in_the_future() {
        Altered progress = Altered.of(type, Map.of());
        Facts facts = type.passingExample(Map.of(), Altered.NOW);
        for (String dated : List.of("", "2026-11-23", "soon")) {
            List<Subject> subjects = facts.subjects().stream()
                    .map(s -> {
                        Map<String, Object> copy = new HashMap<>(s.facts());
                        copy.put("status", "in-progress");
                        copy.put("dated", dated);
                        return new Subject(s.name(), copy);
                    })
                    .toList();
            assertThat(type.judge()
                            .judge(new Facts(Altered.NOW, subjects, facts.values()), Map.of(), Altered.NOW)
                            .verdict())
                    .as(dated)
                    .isEqualTo(Verdict.FAILING);
        }
        assertThat(progress.subjects("expires", "2020-01-01").verdict()).isEqualTo(Verdict.FAILING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u00a0\u2007", "\u3164", "\u00ad\u2060", "-", "\ufeff \u2800"})
    void an_owner_or_a_field_of_characters_that_nobody_sees_is_none(String invisible) throws Exception {
        Map<String, String> details = Map.of("issuer", "Bureau", "scope", "all");
        Entry nobodys = entry("dc", invisible, TODAY.minusDays(4), TODAY.plusDays(30), details);
        Entry empty =
                entry("dc", "Ada", TODAY.minusDays(4), TODAY.plusDays(30), Map.of("issuer", invisible, "scope", "all"));

        assertThat(type.judge().judge(collect(nobodys), EXPECT, Altered.NOW).reason())
                .endsWith("has no owner.");
        assertThat(type.judge().judge(collect(empty), EXPECT, Altered.NOW).reason())
                .endsWith("lacks issuer.");
    }

    @Test
    void a_plan_does_not_replace_what_has_expired() throws Exception {
        Map<String, String> details = Map.of("issuer", "Bureau", "scope", "all", "supersedes", "old");
        Entry old = entry("old", "Ada", TODAY.minusDays(400), TODAY.minusDays(1), details);
        Entry plan = new Entry("new", "Certificate", "Ada", TODAY.plusDays(9), null, "planned", details);

        assertThat(type.judge().judge(collect(old, plan), Map.of(), Altered.NOW).reason())
                .startsWith("old in certificates expired");
    }

    @Test
    void an_empty_register_is_unproven() throws Exception {
        assertThat(type.judge().judge(collect(), EXPECT, Altered.NOW).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_registers_says_so() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of("register", "certificates")))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("registers");
    }

    private Facts collect(Entry... entries) throws CollectException {
        Registers registers = register -> register.equals("certificates") ? List.of(entries) : List.of();
        return Altered.collect(type, TestSite.target(registers), Map.of("register", "certificates"));
    }

    private static Entry entry(
            String id, String owner, LocalDate dated, LocalDate expires, Map<String, String> details) {
        return new Entry(id, "Certificate", owner, dated, expires, "done", details);
    }
}
