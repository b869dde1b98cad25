package dev.averment.claims;

import static dev.averment.claims.ClaimChange.Kind.ADDED;
import static dev.averment.claims.ClaimChange.Kind.CHANGED;
import static dev.averment.claims.ClaimChange.Kind.EXEMPTED;
import static dev.averment.claims.ClaimChange.Kind.LOOSENED;
import static dev.averment.claims.ClaimChange.Kind.REBOUND;
import static dev.averment.claims.ClaimChange.Kind.REWORDED;
import static dev.averment.claims.ClaimChange.Kind.TIGHTENED;
import static dev.averment.claims.ClaimChange.Kind.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageDiffTest {
    private static final String BASE = Corpus.text("valid-two-languages");

    private static PageDiff diff(UnaryOperator<String> edit) {
        String edited = edit.apply(BASE).replace("asOf: 2026-03-01", "asOf: 2026-04-01");
        return PageDiff.between(
                Corpus.parsed("before", BASE).page(),
                Corpus.parsed("after", edited).page());
    }

    private static List<ClaimChange.Kind> kinds(PageDiff diff) {
        return diff.changes().stream().map(ClaimChange::kind).toList();
    }

    private static final String SECOND = """
              - id: second
                section: backups
                text: We rehearse restores.
                owner: operations
                checks: [{id: drill, type: restore-drill}]
            """;

    @Test
    void aLargerMaximumIsLoosenedAndLeavesALineForGood() {
        PageDiff diff = diff(page -> page.replace("params: {rpo: 15m}", "params: {rpo: 30m}"));
        assertThat(kinds(diff)).containsExactly(LOOSENED);
        assertThat(diff.changes().getFirst().figures())
                .containsExactly(new FigureChange("rpo", "15m", "30m", Direction.LOOSENED));
        assertThat(diff.permanentLines("en"))
                .containsExactly(new PermanentLine(
                        LocalDate.of(2026, 4, 1),
                        "backup-restore",
                        LOOSENED,
                        "A restore drill proves that we lose at most 15 minutes.",
                        "A restore drill proves that we lose at most 30 minutes."));
        assertThat(diff.undated()).isFalse();
    }

    @Test
    void aSmallerMaximumIsTightenedAndLeavesNone() {
        PageDiff diff = diff(page -> page.replace("params: {rpo: 15m}", "params: {rpo: 5m}"));
        assertThat(kinds(diff)).containsExactly(TIGHTENED);
        assertThat(diff.permanentLines("en")).isEmpty();
    }

    @Test
    void theSameFigureInAnotherUnitIsNoChangeOfThePromise() {
        assertThat(diff(page -> page.replace("params: {rpo: 15m}", "params: {rpo: 900s}"))
                        .changes())
                .isEmpty();
    }

    @Test
    void aClaimThatIsGoneIsWithdrawnForGood() {
        PageDiff diff = PageDiff.between(
                Corpus.parsed("before", BASE + SECOND).page(),
                Corpus.parsed("after", BASE).page());
        assertThat(kinds(diff)).containsExactly(WITHDRAWN);
        assertThat(diff.permanentLines("de"))
                .containsExactly(new PermanentLine(
                        LocalDate.of(2026, 3, 1), "second", WITHDRAWN, "We rehearse restores.", null));
        assertThat(diff.undated()).isTrue();
    }

    @Test
    void aClaimHiddenFromThePublicCountsAsWithdrawn() {
        PageDiff diff = diff(page -> page.replace("    owner:", "    audience: internal\n    owner:"));
        assertThat(kinds(diff)).containsExactly(WITHDRAWN);
        assertThat(diff.permanentLines("en")).hasSize(1);
    }

    @Test
    void aRenamedClaimIsOneWithdrawnAndOneAdded() {
        assertThat(kinds(diff(page -> page.replace("id: backup-restore", "id: restore"))))
                .containsExactlyInAnyOrder(ADDED, WITHDRAWN);
    }

    @Test
    void anExpectationThatIsDroppedIsLoosened() {
        String wider = BASE.replace("{rpo: {max: $rpo}}", "{rpo: {max: $rpo}, rto: {max: 4h}}");
        PageDiff diff = PageDiff.between(
                Corpus.parsed("before", wider).page(),
                Corpus.parsed("after", BASE).page());
        assertThat(kinds(diff)).containsExactly(LOOSENED);
        assertThat(diff.changes().getFirst().detail()).isEqualTo("expect.rto.max from 4h to nothing");
    }

    @Test
    void eachOtherKindOfChangeIsNamed() {
        assertThat(kinds(diff(page -> page.replace("A restore drill proves", "A drill shows"))))
                .containsExactly(REWORDED);
        assertThat(kinds(diff(page -> page.replace("every: 1d", "every: 12h")))).containsExactly(REBOUND);
        assertThat(kinds(diff(page -> page.replace("type: restore-drill", "type: point-in-time-recovery"))))
                .containsExactly(REBOUND);
        assertThat(kinds(diff(page -> page.replace("owner: operations", "owner: sales"))))
                .containsExactly(CHANGED);
        assertThat(kinds(diff(page -> page.replace(
                        "    owner:", "    exemption: {until: 2026-06-01, reason: moving, by: Ada}\n    owner:"))))
                .containsExactly(EXEMPTED);
    }

    @ParameterizedTest
    @CsvSource({
        "expect.min, 1.2, 1.1, LOOSENED",
        "expect.min, 1.2, 1.3, TIGHTENED",
        "expect.hsts.minAge, 365d, 30d, LOOSENED",
        "expect.maxValidity, 365d, 400d, LOOSENED",
        "expect.maxAge, 365d, 30d, TIGHTENED",
        "expect.colour, 3, 4, CHANGED",
        "expect.plain, refused, redirected, CHANGED",
        "policy.hsts.maxAge, 365d, 1d, LOOSENED",
        "policy.incidents.p1.respond, 4h, 8h, LOOSENED",
        "policy.backups.retention, 30d, 7d, CHANGED",
        "policy.backups.rpo, 15m, 1h, LOOSENED",
    })
    void theDirectionComesFromHowTheFigureIsUsed(String path, String before, String after, Direction direction) {
        assertThat(Direction.of(path, before, after)).isEqualTo(direction);
    }

    @Test
    void listsLoosenByWhatTheyLoseOrTolerate() {
        assertThat(Direction.of("expect.fields", List.of("a", "b"), List.of("a")))
                .isEqualTo(Direction.LOOSENED);
        assertThat(Direction.of("expect.status", List.of("done"), List.of("done", "planned")))
                .isEqualTo(Direction.LOOSENED);
        assertThat(Direction.of("expect.fields", List.of("a"), List.of("b"))).isEqualTo(Direction.CHANGED);
        assertThat(Direction.of("expect.hsts.subdomains", true, false)).isEqualTo(Direction.LOOSENED);
    }

    @Test
    void aLoosenedPolicyIsListed() {
        PageDiff diff = diff(page -> page.replace("rto: 4h", "rto: 8h"));
        assertThat(diff.policy())
                .containsExactly(new FigureChange("policy.backups.rto", "4h", "8h", Direction.LOOSENED));
    }

    @Test
    void aRevisionIsKnownByTheHashOfItsFile() {
        Revision revision = Revision.of(Corpus.parsed("page", BASE).page());
        assertThat(revision.sha256()).matches("[0-9a-f]{64}");
        assertThat(Revision.of(Corpus.parsed("page", BASE + "\n").page()).sha256())
                .isNotEqualTo(revision.sha256());
        assertThat(revision.since(revision).isEmpty()).isTrue();
    }

    @Test
    void aNumberAndItsTextAreTheSameFigure() {
        assertThat(PageDiff.same(3L, "3")).isTrue();
        assertThat(PageDiff.same(true, "true")).isTrue();
        assertThat(PageDiff.same("24h", "1d")).isTrue();
        assertThat(PageDiff.same(3L, "4")).isFalse();
        assertThat(PageDiff.same(null, "4")).isFalse();
    }
}
