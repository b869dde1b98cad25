package dev.averment.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {

    @ParameterizedTest
    @CsvSource({
        "15m, 15 minutes, 15 Minuten, 15 min",
        "1h, 1 hour, 1 Stunde, 1 h",
        "365d, 365 days, 365 Tage, 365 d",
        "1d, 1 day, 1 Tag, 1 d",
        "5bd, 5 business days, 5 Arbeitstage, 5 bd",
        "64MiB, 64 MiB, 64 MiB, 64 MiB",
        "03:00Z, 03:00 UTC, 03:00 UTC, 03:00 UTC",
        "2026-01-31, 31 January 2026, 31. Januar 2026, 2026-01-31",
        "2026-02-30, 2026-02-30, 2026-02-30, 2026-02-30",
        "99.9%, 99.9%, '99,9 %', 99.9 %",
        "1.3, 1.3, 1.3, 1.3",
        "AES-256, AES-256, AES-256, AES-256",
    })
    void figuresReadAsPeopleWriteThem(String value, String english, String german, String elsewhere) {
        assertThat(Wording.figure(value, "en")).isEqualTo(english);
        assertThat(Wording.figure(value, "de-AT")).isEqualTo(german);
        assertThat(Wording.figure(value, "fr")).isEqualTo(elsewhere);
    }

    @Test
    void formsInflectTheFigure() {
        assertThat(Wording.figure("30d", "de", Sentence.Form.DATIVE)).isEqualTo("30 Tagen");
        assertThat(Wording.figure("1d", "de", Sentence.Form.DATIVE)).isEqualTo("1 Tag");
        assertThat(Wording.figure("30d", "en", Sentence.Form.COMPOUND)).isEqualTo("30-day");
        assertThat(Wording.figure("30d", "de", Sentence.Form.COMPOUND)).isEqualTo("30-Tage");
        assertThat(Wording.figure("30d", "en", Sentence.Form.RAW)).isEqualTo("30d");
    }

    @Test
    void aSentenceIsFilledInItsLanguageAndFallsBackToTheBindingOne() {
        Page page = Corpus.parsed("valid-two-languages").page();
        Claim claim = page.claims().getFirst();
        Wording wording = Wording.of(page);
        assertThat(wording.sentence(claim, "en")).isEqualTo("A restore drill proves that we lose at most 15 minutes.");
        assertThat(wording.sentence(claim, "de-CH"))
                .isEqualTo("Eine Rückspielprobe belegt höchstens 15 Minuten Verlust.");
        assertThat(wording.sentence(claim, "fr")).isEqualTo(wording.sentence(claim, "en"));
        assertThat(wording.language(claim.text(), "fr")).isEqualTo("en");
        assertThat(wording.text(page.title(), "de")).isEqualTo("Sicherheit bei Sample");
    }

    @Test
    void parametersComeFromThePolicyWhenTheySaySo() {
        Page page = Corpus.parsed("valid-everything").page();
        assertThat(Wording.of(page).sentence(page.claims().getFirst(), "en"))
                .isEqualTo("Passwords: Argon2id with 3 passes over 64 MiB.");
        assertThat(page.claims().get(1).checks().getFirst().expect()).containsEntry("min", "1.3");
    }

    @ParameterizedTest
    @CsvSource({"14s, PT14S", "15m, PT15M", "24h, PT24H", "30d, PT720H"})
    void durationsParseAndWriteBack(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
        assertThat(Durations.parse(Durations.write(duration))).contains(duration);
    }

    @ParameterizedTest
    @CsvSource({"15", "m", "15 m", "-1d", "1.5h", "15min", "9999999s", "''"})
    void whatIsNoDurationIsNotGuessed(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void figuresOfOneKindCompareAcrossUnits() {
        assertThat(Figure.parse("24h").same(Figure.parse("1d"))).isTrue();
        assertThat(Figure.parse("1GiB").compare(Figure.parse("1GB"))).hasValue(1);
        assertThat(Figure.parse("1d").compare(Figure.parse("1bd"))).isEmpty();
        assertThat(Figure.parse("1.2").compare(Figure.parse("1.3"))).hasValue(-1);
    }
}
