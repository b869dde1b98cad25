package dev.averment.server.publicsite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.claims.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteLanguageTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "de|DE",
                "de-CH, en|DE",
                "en;q=0.3, de;q=0.7|DE",
                "fr, it;q=0.5|EN",
                "*|EN",
                "de;q=0|EN",
                "q=q=q;;|EN",
                "''|EN"
            })
    void negotiates(String header, SiteLanguage expected) {
        assertThat(SiteLanguage.negotiate(header, List.of(SiteLanguage.EN, SiteLanguage.DE)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, just now, gerade eben",
        "14, 14 s ago, vor 14 s",
        "119, 119 s ago, vor 119 s",
        "120, 2 min ago, vor 2 min",
        "7199, 119 min ago, vor 119 min",
        "7200, 2 h ago, vor 2 h",
        "172799, 47 h ago, vor 47 h",
        "172800, 2 days ago, vor 2 Tagen"
    })
    void ages_round_down(long seconds, String english, String german) {
        Duration age = Duration.ofSeconds(seconds);
        assertThat(SiteLanguage.EN.words().ago(age).replace('\u00a0', ' ')).isEqualTo(english);
        assertThat(SiteLanguage.DE.words().ago(age).replace('\u00a0', ' ')).isEqualTo(german);
    }

    @Test
    void each_verdict_has_its_own_word_in_each_language() {
        for (SiteLanguage l : SiteLanguage.values()) {
            assertThat(List.of(Verdict.values()).stream()
                            .map(l.words()::verdict)
                            .distinct())
                    .hasSize(6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gdpr:32.1.c, GDPR Art. 32(1)(c), DSGVO Art. 32 Abs. 1 lit. c",
        "gdpr:33, GDPR Art. 33, DSGVO Art. 33",
        "iso27001:A.8.13, ISO 27001 A.8.13, ISO 27001 A.8.13",
        "own:x, own x, own x",
        "bare, bare, bare"
    })
    void controls_are_cited_as_their_readers_do(String control, String english, String german) {
        assertThat(Controls.cite(control, SiteLanguage.EN).replace('\u00a0', ' '))
                .isEqualTo(english);
        assertThat(Controls.cite(control, SiteLanguage.DE).replace('\u00a0', ' '))
                .isEqualTo(german);
    }
}
