package dev.averment.checks.certificationwords;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.certificationwords.CertificationLexicon.Reading;
import dev.averment.checks.target.Registers;
import dev.averment.checks.target.Registers.Entry;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads every text of the page in every language and pairs each sentence that implies a certificate with the records that
 * may cover it: an entry of {@code certificates} that names the standard, or, for a sentence about something planned or in
 * progress, an entry of {@code milestones} that does. An entry covers a generic word when it names the claim under the
 * detail {@code claim}. What was found is written down with the dates; whether they suffice is the judge's business.
 */
final class CertificationWordsCollector implements Collector {
    private static final Pattern FIGURE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_-]*)[^{}]*}");
    private static final int MAX_FINDINGS = 100;
    private static final int MAX_RECORDS = 20;

    @Override
    public Facts collect(Look look) throws CollectException {
        CertificationLexicon lexicon = new CertificationLexicon(new SettingReader(look.with()).texts("words"));
        Optional<Registers> registers = look.target().facility(Registers.class);
        List<Entry> certificates = registers.isPresent() ? registers.get().entries("certificates") : List.of();
        List<Entry> milestones = registers.isPresent() ? registers.get().entries("milestones") : List.of();

        long sentences = 0;
        List<Subject> subjects = new ArrayList<>();
        for (Map.Entry<String, String> text : texts(look.page()).entrySet()) {
            List<Object> findings = new ArrayList<>();
            for (String sentence : CertificationLexicon.sentences(text.getValue())) {
                sentences++;
                Reading reading = lexicon.read(sentence);
                if (reading.implies() && findings.size() < MAX_FINDINGS) {
                    if (registers.isEmpty()) {
                        look.target().require(Registers.class); // without records nobody can say what is covered
                    }
                    String claim = text.getKey().split(" ", 2)[0];
                    findings.add(finding(sentence, claim, reading, certificates, milestones));
                }
            }
            subjects.add(new Subject(text.getKey(), Map.of("findings", findings)));
        }
        return new Facts(look.clock().instant(), subjects, Map.of("sentences", sentences, "certificates", (long)
                certificates.size()));
    }

    private static Map<String, Object> finding(
            String sentence, String claim, Reading reading, List<Entry> certificates, List<Entry> milestones) {
        List<Object> needs = new ArrayList<>();
        for (String standard : reading.standards()) {
            needs.add(need(
                    standard, certificates, milestones, entry -> CertificationLexicon.names(words(entry), standard)));
        }
        if (reading.standards().isEmpty()) {
            for (String word : reading.words()) {
                needs.add(need(
                        word,
                        certificates,
                        milestones,
                        entry -> entry.details().getOrDefault("claim", "").equals(claim)));
            }
        }
        Map<String, Object> finding = new LinkedHashMap<>();
        finding.put("sentence", sentence.length() > 300 ? sentence.substring(0, 300) + "…" : sentence);
        finding.put("hedged", reading.hedged());
        finding.put("needs", needs);
        return finding;
    }

    private static Map<String, Object> need(
            String word, List<Entry> certificates, List<Entry> milestones, Predicate<Entry> fits) {
        return Map.of(
                "word",
                word,
                "certificates",
                certificates.stream()
                        .filter(fits)
                        .limit(MAX_RECORDS)
                        .map(CertificationWordsCollector::dates)
                        .toList(),
                "milestones",
                milestones.stream()
                        .filter(fits)
                        .limit(MAX_RECORDS)
                        .map(CertificationWordsCollector::dates)
                        .toList());
    }

    private static Map<String, Object> dates(Entry entry) {
        return Map.of(
                "id",
                entry.id(),
                "status",
                entry.status(),
                "dated",
                entry.dated() == null ? "" : entry.dated().toString(),
                "expires",
                entry.expires() == null ? "" : entry.expires().toString());
    }

    private static String words(Entry entry) {
        return entry.title() + " " + String.join(" ", entry.details().values());
    }

    /** Where to text, such as {@code backup-restore (en)}; figures put in, so that a parameter can't smuggle a word. */
    private static Map<String, String> texts(Page page) {
        Map<String, String> texts = new LinkedHashMap<>();
        new TreeMap<>(page.title()).forEach((lang, title) -> texts.put("title (" + lang + ")", title));
        for (Page.Section section : page.sections()) {
            new TreeMap<>(section.title())
                    .forEach((lang, title) -> texts.put("section:" + section.id() + " (" + lang + ")", title));
        }
        for (Claim claim : page.claims()) {
            new TreeMap<>(claim.text()).forEach((lang, text) -> {
                Matcher figure = FIGURE.matcher(text);
                texts.put(
                        claim.id() + " (" + lang + ")",
                        figure.replaceAll(match ->
                                Matcher.quoteReplacement(claim.params().getOrDefault(match.group(1), match.group()))));
            });
        }
        for (Page.Document document : page.documents()) {
            new TreeMap<>(document.title())
                    .forEach((lang, title) -> texts.put("document:" + document.id() + " title (" + lang + ")", title));
            new TreeMap<>(document.text())
                    .forEach((lang, text) -> texts.put("document:" + document.id() + " (" + lang + ")", text));
        }
        return texts;
    }
}
