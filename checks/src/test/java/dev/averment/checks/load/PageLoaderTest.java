package dev.averment.checks.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.CheckType;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.claims.file.PageProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageLoaderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** Line 12 is the text, 16 the check, 18 the first self-test. */
    private static final String PAGE = """
            page: sample
            title: Sample
            authoritative: en
            asOf: 2026-03-01

            sections:
              - {id: all, title: All}

            claims:
              - id: loss
                section: all
                text: "We lose at most {most}."
                params: {most: 15m}
                owner: operations
                checks:
                  - {id: drill, type: sound, expect: {most: $most}}
                selftests:
                  - {check: drill, set: {loss: 16m}, verdict: failing}
                  - {check: drill, set: {subjects: []}, verdict: unproven}
                  - {check: drill, set: {subject.restored: false}, verdict: failing}
                  - {check: drill, set: {subjects: [{name: third, restored: true}]}, verdict: proven}
                  - {check: drill, set: {subjects: [{name: third, facts: {restored: false}}]}, verdict: failing}
            """;

    private static LoadResult load(String page, CheckType... types) {
        return new PageLoader(CheckTypes.of(List.of(types)))
                .load("sample.yaml", page.getBytes(StandardCharsets.UTF_8), NOW);
    }

    private static LoadResult.Loaded loaded(String page, CheckType... types) {
        return switch (load(page, types)) {
            case LoadResult.Loaded loaded -> loaded;
            case LoadResult.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static List<PageProblem> refused(String page, CheckType... types) {
        LoadResult result = load(page, types);
        assertThat(result).isInstanceOf(LoadResult.Refused.class);
        return ((LoadResult.Refused) result).problems();
    }

    private static void refusedAt(int line, String words, String page, CheckType... types) {
        assertThat(refused(page, types)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(line);
            assertThat(problem.message())
                    .startsWith("sample.yaml:" + line + ":")
                    .contains(words);
            assertThat(problem.remedy()).isNotBlank();
        });
    }

    @Test
    void aPageWhoseJudgesChangeTheirMindsLoads() {
        LoadResult.Loaded loaded = loaded(PAGE, TestingCheckType.sound());
        assertThat(loaded.checks()).singleElement().satisfies(check -> {
            assertThat(check.claim().id()).isEqualTo("loss");
            assertThat(check.type()).isInstanceOf(CheckTypes.Built.class);
            assertThat(check.binding().expect()).isEqualTo(Map.of("most", "15m"));
        });
        assertThat(loaded.findings()).isEmpty();
    }

    @Test
    void aSelfTestThatDoesNotFlipTheJudgeIsRefusedAtItsLine() {
        refusedAt(18, "not failing", PAGE.replace("loss: 16m", "loss: 14m"), TestingCheckType.sound());
    }

    @Test
    void aSelfTestOfAFactThatDoesNotExistNamesTheNearest() {
        refusedAt(18, "did you mean “loss”?", PAGE.replace("loss: 16m", "los: 16m"), TestingCheckType.sound());
        refusedAt(
                20,
                "did you mean “subject.restored”?",
                PAGE.replace("subject.restored: false", "subject.restord: false"),
                TestingCheckType.sound());
    }

    @Test
    void subjectsMustBeAList() {
        refusedAt(19, "no list", PAGE.replace("{subjects: []}", "{subjects: none}"), TestingCheckType.sound());
    }

    @Test
    void aJudgeThatProvesAnEmptyListIsRefusedAlways() {
        Judge gullible = (facts, expect, now) ->
                Judgement.proven("all " + facts.subjects().size() + " of them");
        String withoutSelfTests = PAGE.replaceAll("(?s)    selftests:.*", "");
        refusedAt(16, "nothing to look at", withoutSelfTests, new TestingCheckType("sound", gullible));
    }

    @Test
    void aJudgeThatAttestsAnEmptyListIsRefusedToo() {
        Judge gullible = (facts, expect, now) -> Judgement.attested("somebody said so");
        String withoutSelfTests = PAGE.replaceAll("(?s)    selftests:.*", "");
        refusedAt(16, "silence is never green", withoutSelfTests, new TestingCheckType("sound", gullible));
    }

    @Test
    void aJudgeThatNeverPassesIsRefused() {
        Judge gloomy = (facts, expect, now) -> Judgement.failing("no");
        refusedAt(16, "about facts that should pass", PAGE, new TestingCheckType("sound", gloomy));
    }

    @Test
    void aJudgeThatBreaksIsRefusedAndNotThrown() {
        Judge broken = (facts, expect, now) -> {
            throw new IllegalStateException("out of ink");
        };
        refusedAt(
                16,
                "its judge broke (IllegalStateException, “out of ink”)",
                PAGE,
                new TestingCheckType("sound", broken));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mst: $most | did you mean “most”?",
                "most: $most, copies: many | is not a whole number",
                "most: $most, signed: perhaps | is not true or false",
                "most: $most, bounds: 3 | is not a mapping",
                "most: $most, label: [a] | is not text",
                "most: soon, label: $most | is not a duration",
                "label: $most | “most” under “expect” of the check drill of the claim loss is missing",
            })
    void settingsAreMatchedWithTheirType(String expect, String words) {
        assertThat(refused(PAGE.replace("most: $most", expect), TestingCheckType.sound()))
                .anySatisfy(problem -> {
                    assertThat(problem.line()).isEqualTo(16);
                    assertThat(problem.message()).contains(words);
                });
    }

    @Test
    void whatTheCollectorLooksAtIsMatchedToo() {
        refusedAt(
                16,
                "did you mean “paths”?",
                PAGE.replace("expect: {", "with: {path: [/]}, expect: {"),
                TestingCheckType.sound());
    }

    @Test
    void parametersReachTheJudgeInTheKindThatItsTypeAsksFor() {
        String page = PAGE.replace(
                        "expect: {most: $most}", "expect: {most: $most, copies: $copies, signed: \"true\", label: 3}")
                .replace("{most: 15m}", "{most: 15m, copies: 2}");
        LoadResult.Loaded loaded = loaded(page, TestingCheckType.sound());
        assertThat(loaded.page().claims().getFirst().checks().getFirst().expect())
                .isEqualTo(Map.of("most", "15m", "copies", 2L, "signed", true, "label", "3"));
        assertThat(loaded.warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("copies"));
    }

    @Test
    void anExampleWithOtherThanJsonValuesIsRefused() {
        CheckType careless =
                new TestingCheckType("sound", TestingCheckType.sound().judge(), Map.of("tries", 3));
        refusedAt(16, "other than String, Long, Boolean, List and Map", PAGE, careless);
    }

    @Test
    void anUnknownTypeIsRefusedWithTheNearest() {
        refusedAt(16, "did you mean “sound”?", PAGE.replace("type: sound", "type: sond"), TestingCheckType.sound());
        refusedAt(16, "use one of: sound", PAGE.replace("type: sound", "type: clairvoyance"), TestingCheckType.sound());
    }

    @Test
    void aPlannedTypeLoadsAndSaysWhyItIsUnproven() {
        LoadResult.Loaded loaded = loaded(PAGE.replace("type: sound", "type: restore-drill"), TestingCheckType.sound());
        assertThat(loaded.checks().getFirst().type())
                .isInstanceOfSatisfying(
                        CheckTypes.Planned.class,
                        planned -> assertThat(planned.reason())
                                .startsWith("There is no check of the type restore-drill yet; it will restore")
                                .endsWith("loss and time."));
    }

    @Test
    void certificationWordsWithoutACertificateRefuseThePage() {
        refusedAt(
                12,
                "[certification-words]",
                PAGE.replace("We lose", "We are certified to lose"),
                TestingCheckType.sound());
    }

    @Test
    void absoluteWordsOnlyFlagIt() {
        assertThat(loaded(PAGE.replace("We lose", "We never lose"), TestingCheckType.sound())
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.id()).isEqualTo("absolute-words"));
    }

    @Test
    void anExemptionThatHasEndedIsMentioned() {
        String page =
                PAGE.replace("    owner:", "    exemption: {until: 2026-02-28, reason: moving, by: Ada}\n    owner:");
        assertThat(loaded(page, TestingCheckType.sound()).warnings())
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).contains("ended 2026-03-01T00:00:00Z"));
        String today = page.replace("2026-02-28", "2026-03-01");
        assertThat(loaded(today, TestingCheckType.sound()).warnings()).isEmpty();
    }

    @Test
    void problemsOfTheFileComeThroughTogether() {
        assertThat(refused(PAGE.replace("owner: operations", "ownr: operations"), TestingCheckType.sound()))
                .hasSize(2);
        String two = PAGE.replace("most: $most", "mst: $most").replace("We lose", "We are certified to lose");
        assertThat(refused(two, TestingCheckType.sound()))
                .extracting(PageProblem::line)
                .containsExactly(12, 16, 16);
    }

    @Test
    void unknownTypesAndSettingsAreListedBesideWhatIsWrongWithTheFileItself() {
        String second = """
              - id: copies
                section: al
                text: "Two copies."
                owner: operations
                checks:
                  - {id: first, type: sond, every: often}
                  - {type: sund}
                  - {id: third, type: sound, expect: {most: 15m, mst: 15m}}
                  - {id: fourth, type: sound, expect: {most: $none}}
            """;
        assertThat(refused(PAGE.replace("type: sound", "type: sond") + second, TestingCheckType.sound()))
                .extracting(problem -> problem.line() + " " + problem.remedy())
                .containsExactly(
                        "16 did you mean “sound”?",
                        "24 did you mean “all”? the page has: all",
                        "28 did you mean “sound”?",
                        "28 write it like 30s, 15m, 24h or 30d",
                        "29 add “id: …”",
                        "29 did you mean “sound”?",
                        "30 did you mean “most”?",
                        "31 add “none: …” under “params”");
    }

    @Test
    void unknownTypesAreListedBesideAMissingIdOfThePageAndAClaimThatCantBeCutOut() {
        assertThat(refused(
                        PAGE.replace("page: sample\n", "").replace("type: sound", "type: sond"),
                        TestingCheckType.sound()))
                .extracting(PageProblem::line)
                .containsExactly(1, 15);
        String hidden = """
              - id: hidden
                section: all
                text: "Two copies."
                owner: *who
                audience: internal
                checks:
                  - {id: one, type: sond}
            """;
        String page = PAGE.replace("claims:\n", "claims:\n" + hidden.replace("*who", "&who operations"))
                .replace("owner: operations", "owner: *who");
        assertThat(refused(page, TestingCheckType.sound()))
                .extracting(problem -> problem.line() + " " + problem.what())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("10 ").contains("“hidden” can't be cut out"),
                        second -> assertThat(second).startsWith("16 ").contains("“sond” of the claim hidden"));
    }

    @Test
    void aFileIsReadFromItsPathAndBounded(@TempDir Path directory) throws IOException {
        PageLoader loader = new PageLoader(CheckTypes.of(List.of(TestingCheckType.sound())));
        Path small = Files.writeString(directory.resolve("small.yaml"), PAGE);
        assertThat(loader.load(small, NOW)).isInstanceOf(LoadResult.Loaded.class);
        Path large = Files.write(directory.resolve("large.yaml"), new byte[(1 << 20) + 1]);
        assertThat(loader.load(large, NOW))
                .isInstanceOfSatisfying(
                        LoadResult.Refused.class,
                        refused -> assertThat(refused.problems().getFirst().message())
                                .contains("1 MiB"));
    }
}
