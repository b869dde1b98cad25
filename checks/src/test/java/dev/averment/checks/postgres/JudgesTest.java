package dev.averment.checks.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.CheckType;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.isolationcatalog.Rule;
import dev.averment.claims.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Judges without any database: each fact of the passing example is altered or taken away in turn. What may be so without a
 * change of verdict is listed, with the reason; everything else must end the proof.
 */
class JudgesTest {

    /** Facts that describe and decide nothing. */
    private static final Set<String> DESCRIPTIVE = Set.of(
            // cross-workspace-references: which key, which error
            "cross-workspace-references.parent",
            "cross-workspace-references.sqlState",
            // database-transport: TLS 1.2 and 1.3 ciphers of PostgreSQL are its own; a session may be on a local socket
            "database-transport.cipher",
            "database-transport.clientCertificate",
            "database-transport.local",
            "database-transport.everybody",
            "database-transport.options",
            // forged-context: which error
            "forged-context.sqlState",
            // isolation-behaviour: whether A saw its own row, and what only matters where a canary is missing
            "isolation-behaviour.ownRow",
            "isolation-behaviour.appendOnly",
            "isolation-behaviour.reachable",
            "isolation-behaviour.byPrivilege",
            // isolation-catalog: what the rules have judged already
            "isolation-catalog.reachable",
            "isolation-catalog.policies",
            "isolation-catalog.commands",
            // role-privileges: what refused is the sum of
            "role-privileges.objects",
            "role-privileges.accepted",
            "role-privileges.unclear",
            "role-privileges.sqlState");

    static List<CheckType> types() {
        return ProvenSampleTest.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void the_passing_example_passes_and_nothing_proves_nothing(CheckType type) {
        Facts example = type.passingExample(Map.of(), SampleDatabase.NOW);
        assertThat(judge(type, example).verdict())
                .as(judge(type, example).reason())
                .isEqualTo(Verdict.PROVEN);
        assertThat(judge(type, new Facts(example.observedAt(), List.of(), example.values()))
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(judge(type, new Facts(example.observedAt(), List.of(), Map.of()))
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        List<Subject> bare = example.subjects().stream()
                .map(subject -> new Subject(subject.name(), Map.of()))
                .toList();
        assertThat(judge(type, new Facts(example.observedAt(), bare, example.values()))
                        .verdict())
                .isNotEqualTo(Verdict.PROVEN);
    }

    @ParameterizedTest
    @MethodSource("types")
    void every_altered_or_missing_fact_ends_the_proof(CheckType type) {
        Facts example = type.passingExample(Map.of(), SampleDatabase.NOW);
        Set<String> survived = new TreeSet<>();
        int altered = 0;
        for (int i = 0; i < example.subjects().size(); i++) {
            Subject subject = example.subjects().get(i);
            if (subject.name().equals("connection without client certificate")) {
                continue; // nobody demanded one here: mutualTls below does
            }
            for (String fact : subject.facts().keySet()) {
                for (Object other : alterations(subject.facts().get(fact))) {
                    altered++;
                    if (holds(type, replaced(example, i, fact, other))) {
                        survived.add(type.name() + "." + fact);
                    }
                }
            }
        }
        Set<String> unexpected = new HashSet<>(survived);
        unexpected.removeAll(DESCRIPTIVE);
        unexpected.removeAll(Set.of("database-transport.sqlState")); // of the accepted connection: "none"
        assertThat(unexpected).isEmpty();
        assertThat(altered).isPositive();
    }

    @ParameterizedTest
    @MethodSource("types")
    void it_says_what_it_does_not_see(CheckType type) {
        assertThat(type.blindSpots())
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(s -> assertThat(s).endsWith("."));
        assertThat(type.description()).endsWith(".");
    }

    @ParameterizedTest
    @CsvSource({
        "connection without TLS, accepted, true, FAILING",
        "connection without TLS, sqlState, 08001, UNPROVEN",
        "connection with TLS, accepted, false, UNPROVEN",
        "connection with TLS, version, TLSv1.1, FAILING",
        "connection with TLS, ssl, false, FAILING",
        "connection with TLS, clientCertificate, false, FAILING",
        "connection without client certificate, accepted, true, FAILING",
        "connection without client certificate, sqlState, 08006, UNPROVEN",
        "'access rule, line 1', type, host, FAILING",
        "'access rule, line 1', type, local, FAILING",
        "'access rule, line 1', method, trust, FAILING",
        "'access rule, line 1', method, md5, FAILING",
        "'access rule, line 1', method, newfangled, UNPROVEN",
        "'access rule, line 1', options, map=x, FAILING",
        "session 1, ssl, false, FAILING",
        "session 1, version, TLSv1, FAILING"
    })
    void mutual_tls(String subject, String fact, String value, Verdict expected) {
        CheckType type = types().get(1);
        Map<String, Object> expect = Map.of("clientCertificate", true);
        Facts example = type.passingExample(expect, SampleDatabase.NOW);
        assertThat(type.judge().judge(example, expect, SampleDatabase.NOW).verdict())
                .isEqualTo(Verdict.PROVEN);
        for (int i = 0; i < example.subjects().size(); i++) {
            if (example.subjects().get(i).name().equals(subject)) {
                Object other = value.equals("true") || value.equals("false") ? Boolean.valueOf(value) : value;
                Judgement judgement = type.judge().judge(replaced(example, i, fact, other), expect, SampleDatabase.NOW);
                assertThat(judgement.verdict()).as(judgement.reason()).isEqualTo(expected);
                return;
            }
        }
        throw new AssertionError("no subject " + subject);
    }

    @Test
    void a_record_that_outlives_the_rollback_refutes() {
        CheckType type = types().get(5);
        Facts example = type.passingExample(Map.of(), SampleDatabase.NOW);
        Judgement judgement = judge(type, replaced(example, 0, "updateStayed", 1L));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("rolled back");
    }

    @Test
    void any_finding_of_the_catalog_refutes_but_advice() {
        CheckType type = types().get(4);
        Facts example = type.passingExample(Map.of(), SampleDatabase.NOW);
        for (int i = 1; i <= Rule.values().length; i++) {
            String rule = "P%02d".formatted(i);
            Map<String, Object> values = new HashMap<>(example.values());
            values.put("findings", List.of(Map.of("rule", rule, "object", "app.note", "detail", "as planted")));
            Judgement judgement = judge(type, new Facts(example.observedAt(), example.subjects(), values));
            assertThat(judgement.verdict()).isEqualTo(rule.equals("P30") ? Verdict.PROVEN : Verdict.FAILING);
        }
        Map<String, Object> values = new HashMap<>(example.values());
        values.put("rules", Rule.values().length - 1L);
        assertThat(judge(type, new Facts(example.observedAt(), example.subjects(), values))
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void an_open_session_of_the_owner_refutes() {
        CheckType type = types().get(6);
        Facts example = type.passingExample(Map.of(), SampleDatabase.NOW);
        Map<String, Object> values = new HashMap<>(example.values());
        values.put("ownerSessions", 1L);
        assertThat(judge(type, new Facts(example.observedAt(), example.subjects(), values))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        values.remove("ownerSessions");
        assertThat(judge(type, new Facts(example.observedAt(), example.subjects(), values))
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @ParameterizedTest
    @CsvSource({"oldestVersion, TLSv1.1", "oldestVersion, ''", "passwordEncryption, md5", "foreignAuthorities, 1"})
    void a_server_that_is_set_to_less_than_it_answers_refutes(String setting, String value) {
        CheckType type = types().get(1);
        Map<String, Object> expect = Map.of("clientCertificate", true);
        Facts example = type.passingExample(expect, SampleDatabase.NOW);
        Map<String, Object> values = new HashMap<>(example.values());
        values.put(setting, value.matches("\\d+") ? Long.valueOf(value) : value);
        assertThat(type.judge()
                        .judge(new Facts(example.observedAt(), example.subjects(), values), expect, SampleDatabase.NOW)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_line_for_every_connection_is_good_after_one_that_refuses_all_without_tls() {
        List<Subject> rules = List.of(
                rule(1, "hostnossl", "reject", ""), rule(2, "host", "scram-sha-256", ""), rule(3, "local", "peer", ""));
        CheckType type = types().get(1);
        Facts example = type.passingExample(Map.of(), SampleDatabase.NOW);
        List<Subject> subjects = new ArrayList<>(example.subjects());
        subjects.addAll(rules);
        assertThat(judge(type, new Facts(example.observedAt(), subjects, example.values()))
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
        subjects.removeIf(subject -> subject.name().endsWith("line 1"));
        assertThat(judge(type, new Facts(example.observedAt(), subjects, example.values()))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    private static Subject rule(int line, String kind, String method, String options) {
        return new Subject(
                "access rule, line " + line,
                Map.of("type", kind, "method", method, "options", options, "everybody", true));
    }

    /** The fact turned round, and the fact gone. */
    private static List<Object> alterations(Object value) {
        List<Object> others = new ArrayList<>();
        switch (value) {
            case Boolean flag -> others.add(!flag);
            case Long number -> others.add(number + 1);
            case String text -> others.add(text.isEmpty() ? "x" : "missing");
            case List<?> list -> others.add(list.isEmpty() ? List.of("x 55P03") : List.of());
            default -> throw new AssertionError("a fact of another kind: " + value);
        }
        others.add(Absent.ABSENT);
        return others;
    }

    private enum Absent {
        ABSENT
    }

    private static Facts replaced(Facts facts, int index, String fact, Object value) {
        List<Subject> subjects = new ArrayList<>(facts.subjects());
        Map<String, Object> changed = new HashMap<>(subjects.get(index).facts());
        if (value == Absent.ABSENT) {
            changed.remove(fact);
        } else {
            changed.put(fact, value);
        }
        subjects.set(index, new Subject(subjects.get(index).name(), changed));
        return new Facts(facts.observedAt(), subjects, facts.values());
    }

    private static boolean holds(CheckType type, Facts facts) {
        return judge(type, facts).verdict() == Verdict.PROVEN;
    }

    private static Judgement judge(CheckType type, Facts facts) {
        return type.judge().judge(facts, Map.of(), SampleDatabase.NOW);
    }
}
