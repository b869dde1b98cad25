package dev.averment.checks.certificationwords;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** {@code certification-words}. */
public final class CertificationWordsCheck implements CheckType {

    @Override
    public String name() {
        return "certification-words";
    }

    @Override
    public String description() {
        return "Reads every sentence and document of the page for words that imply a certificate, and looks for its record.";
    }

    @Override
    public Settings settings() {
        return new Settings(List.of(new Setting("words", Kind.LIST, false, "Further words to watch for.")), List.of());
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The words are English and German; a page in another language is read for the names of standards only.",
                "Letters of other alphabets that look like Latin ones are read as these as far as Cyrillic, Greek and full-width ones"
                        + " go; a word that is spelt with blanks between its letters is not put together.",
                "A negation is recognised within five words before; a sentence that takes itself back later is not understood.",
                "Pictures, such as a seal, are not read, nor pages outside of the page file.",
                "That a record is in force does not make the certificate genuine.");
    }

    @Override
    public Collector collector() {
        return new CertificationWordsCollector();
    }

    @Override
    public Judge judge() {
        return new CertificationWordsJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject("example (en)", Map.of("findings", List.of())),
                        new Subject(
                                "audit (en)",
                                Map.of(
                                        "findings",
                                        List.of(Map.of(
                                                "sentence",
                                                "SOC 2 Type II is in progress.",
                                                "hedged",
                                                true,
                                                "needs",
                                                List.of(Map.of(
                                                        "word",
                                                        "SOC 2",
                                                        "certificates",
                                                        List.of(),
                                                        "milestones",
                                                        List.of(Map.of(
                                                                "id",
                                                                "soc2",
                                                                "status",
                                                                "in-progress",
                                                                "dated",
                                                                LocalDate.ofInstant(now, ZoneOffset.UTC)
                                                                        .toString(),
                                                                "expires",
                                                                ""))))))))),
                Map.of("sentences", 2L, "certificates", 0L));
    }
}
