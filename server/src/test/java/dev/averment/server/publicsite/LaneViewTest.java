package dev.averment.server.publicsite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.claims.Verdict;
import dev.averment.server.claims.PublishedPages.VerdictSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneViewTest {
    /** A Wednesday. */
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    private static final Instant FROM = NOW.minus(Duration.ofDays(30));

    private static LaneView lane(SiteLanguage language, VerdictSpan... spans) {
        return LaneView.of(List.of(spans), FROM, NOW, language.words());
    }

    private static VerdictSpan span(Verdict verdict, String from, String to) {
        return new VerdictSpan(verdict, Instant.parse(from), Instant.parse(to));
    }

    @Test
    void everyMondayHasItsDateAndEveryOtherFitsANarrowScreen() {
        LaneView lane = lane(SiteLanguage.EN);
        assertThat(lane.dates())
                .extracting(date -> date.text().replace('\u00a0', ' ') + (date.narrow() ? " narrow" : ""))
                .containsExactly("2 Nov", "9 Nov narrow", "16 Nov", "23 Nov narrow");
    }

    @Test
    void aDateStandsWhereItsDayStandsAndDoesNotHangOverTheEdge() {
        Instant monday = Instant.parse("2026-11-23T00:00:00Z");
        LaneView justStarted = LaneView.of(
                List.of(),
                monday.minusSeconds(60),
                monday.minusSeconds(60).plus(Duration.ofDays(8)),
                SiteLanguage.EN.words());
        assertThat(justStarted.dates()).extracting(LaneView.Date::anchor).containsExactly("start", "middle");
        assertThat(justStarted.dates().getFirst().x()).isEqualTo("0.01%");
    }

    @Test
    void aFailureIsToldWithItsMomentsInWordsAndToScreenReaders() {
        LaneView lane = lane(
                SiteLanguage.EN,
                span(Verdict.PROVEN, "2026-10-01T00:00:00Z", "2026-11-03T10:00:00Z"),
                span(Verdict.FAILING, "2026-11-03T10:00:00Z", "2026-11-03T12:30:00Z"),
                span(Verdict.PROVEN, "2026-11-03T12:30:00Z", "2026-11-25T09:00:00Z"),
                new VerdictSpan(Verdict.FAILING, Instant.parse("2026-11-25T09:00:00Z"), null));
        assertThat(plain(lane.failing()))
                .containsExactly(
                        "failing since 25 Nov 2026, 09:00 UTC (3 h)",
                        "failing from 3 Nov 2026, 10:00 UTC to 3 Nov 2026, 12:30 UTC (2 h)");
        assertThat(plain(List.of(lane.spoken())).getFirst())
                .startsWith("26 October 2026 to 25 November 2026: proven 99.2 %, failing 0.8 %. failing since 25 Nov")
                .endsWith("12:30 UTC (2 h).");
    }

    @Test
    void germanReadersReadGermanDates() {
        LaneView lane = lane(SiteLanguage.DE, span(Verdict.FAILING, "2026-11-03T10:00:00Z", "2026-11-03T12:30:00Z"));
        assertThat(plain(lane.failing()))
                .containsExactly("widerlegt von 3. Nov. 2026, 10:00 UTC bis 3. Nov. 2026, 12:30 UTC (2 h)");
        assertThat(lane.spoken()).startsWith("26.\u00a0Oktober\u00a02026 bis 25.\u00a0November\u00a02026: ");
    }

    @Test
    void aTimeWithoutAFailureSaysSoAndOneWithoutVerdictsSaysThat() {
        assertThat(lane(SiteLanguage.EN, span(Verdict.PROVEN, "2026-10-01T00:00:00Z", "2026-11-25T12:00:00Z"))
                        .spoken())
                .endsWith("No failing verdict is recorded in this time.");
        assertThat(lane(SiteLanguage.EN).spoken()).isEqualTo("No verdict has been recorded yet.");
    }

    @Test
    void onlyTheNewestFailuresAreSpelledOutAndTheTableHasAll() {
        var spans = new ArrayList<VerdictSpan>();
        for (int day = 1; day <= 20; day++) {
            Instant at = Instant.parse("2026-11-01T00:00:00Z").plus(Duration.ofDays(day));
            spans.add(new VerdictSpan(Verdict.FAILING, at, at.plusSeconds(3600)));
            spans.add(new VerdictSpan(Verdict.PROVEN, at.plusSeconds(3600), at.plus(Duration.ofDays(1))));
        }
        LaneView lane = LaneView.of(spans, FROM, NOW, SiteLanguage.EN.words());
        assertThat(lane.failing()).hasSize(5);
        assertThat(plain(lane.failing()).getFirst()).startsWith("failing from 21 Nov 2026");
        assertThat(lane.rows()).hasSize(40);
    }

    private static List<String> plain(List<String> texts) {
        return texts.stream().map(text -> text.replace('\u00a0', ' ')).toList();
    }
}
