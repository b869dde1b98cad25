package dev.averment.checks.certificationwords;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The words, English and German. A <em>standard</em> is a scheme that somebody is certified under; a <em>generic</em> word
 * says that somebody is, without naming one. A sentence is also read for words that take the claim back ("we hold no
 * certification") and words that put it off ("audit in progress").
 */
final class CertificationLexicon {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

    private static final Map<String, Pattern> STANDARDS = new LinkedHashMap<>();

    static {
        standard("ISO 27001", "(ISO|IEC|DIN|EN)[ /\\-A-Z]*27[ .]?001|(?<!\\.)27001(?!\\.\\d)");
        standard("ISO 27017", "(ISO|IEC|DIN)[ /\\-A-Z]*27017");
        standard("ISO 27018", "(ISO|IEC|DIN)[ /\\-A-Z]*27018");
        standard("ISO 27701", "(ISO|IEC|DIN)[ /\\-A-Z]*27701");
        standard("ISO 22301", "(ISO|IEC|DIN)[ /\\-A-Z]*22301");
        standard("ISO 42001", "(ISO|IEC|DIN)[ /\\-A-Z]*42001");
        standard("ISO 9001", "(ISO|IEC|DIN)[ /\\-A-Z]*9001");
        standard("ISO 20000", "(ISO|IEC|DIN)[ /\\-A-Z]*20000");
        standard("ISO 27799", "(ISO|IEC|DIN)[ /\\-A-Z]*27799");
        standard("SOC 1", "SOC[ \\-]?1");
        standard("SOC 2", "SOC[ \\-]?(2|II)");
        standard("SOC 3", "SOC[ \\-]?3");
        standard("PCI DSS", "PCI([ \\-]DSS)?");
        standard("HIPAA", "HIPAA");
        standard("HITRUST", "HITRUST");
        standard("FedRAMP", "FedRAMP");
        standard("CSA STAR", "CSA[ \\-]STAR");
        standard(
                "BSI C5",
                "(BSI[ \\-])?C5(?=[ \\-](attest|testat|report|bericht|certif|zertif|compl|konform|typ|katalog|catalog)|:20|\\s*[.,;:!)]|\\s*$)|BSI[ \\-]C5");
        standard("IT-Grundschutz", "IT[ \\-]Grundschutz");
        standard("TISAX", "TISAX");
        standard("ISAE 3402", "ISAE[ \\-]?3402");
        standard("ISAE 3000", "ISAE[ \\-]?3000");
        standard("Cyber Essentials", "Cyber[ \\-]Essentials");
        standard("CMMC", "CMMC");
        standard("StateRAMP", "StateRAMP");
        standard("IRAP", "IRAP");
        standard("ISMAP", "ISMAP");
        standard("SecNumCloud", "SecNumCloud");
        standard("TÜV", "TÜV");
        standard("Common Criteria", "Common Criteria");
        standard("FIPS 140", "FIPS[ \\-]140([ \\-][23])?");
        standard("EuroPriSe", "EuroPriSe");
        standard("IDW PS 951", "IDW[ \\-]PS[ \\-]951");
        standard("EU Cloud CoC", "EU[ \\-]Cloud[ \\-](CoC|Code of Conduct)");
    }

    /** "Compliant with RFC 9116" speaks of a format that anybody can check, not of a certificate. */
    private static final Pattern GENERIC =
            word("certified|certifies|certification|certifications|accredited|accreditation"
                    + "|\\p{L}+-certified|certificate of (compliance|conformity)|seal of approval"
                    + "|(independently|externally) (audited|verified|validated|assessed|tested)|attested by|attestation of compliance|audited by|compliant(?! with (the )?(RFC|IETF|W3C|ISO 8601))"
                    + "|compliance with(?! (the )?(RFC|IETF|W3C|ISO 8601))|complies with(?! (the )?(RFC|IETF|W3C|ISO 8601))"
                    + "|zertifiziert\\p{L}*|zertifizierung\\p{L}*|akkreditiert\\p{L}*|akkreditierung\\p{L}*|testiert\\p{L}*"
                    + "|\\p{L}+-?konform|geprüft (nach|durch|von|gemäß)|(unabhängig|extern|amtlich|behördlich) geprüft\\p{L}*"
                    + "|\\p{L}+-geprüft\\p{L}*|geprüfte (Sicherheit|Qualität)|auditiert\\p{L}*|bescheinigt von|attestiert\\p{L}*"
                    + "|\\p{L}*(gütesiegel|prüfsiegel)\\p{L}*");

    private static final Pattern NEGATION = word(
            "no(?! (doubt|question))|not(?! (only|just|merely))|never|without(?! (doubt|question))|nor|isn't|aren't|don't|kein\\p{L}*|nicht(?! nur)|nie|niemals|ohne(?! zweifel)|weder");

    private static final Pattern HEDGE = word("in progress|under way|underway|planned|preparing for|working towards"
            + "|in preparation|in Arbeit|in Vorbereitung|geplant|im Gange|angestrebt");

    /** A negation reaches this many words ahead: "we do not hold any SOC 2 certification". */
    private static final int NEGATION_REACH = 5;

    private final List<Pattern> extra;

    /** @param extra further words that a page wants watched */
    CertificationLexicon(List<String> extra) {
        this.extra = extra.stream().map(term -> word(Pattern.quote(term))).toList();
    }

    /**
     * What one sentence says.
     *
     * @param standards named and not negated, by the name of this lexicon
     * @param words     generic words, not negated
     * @param hedged    true when it speaks of something planned or in progress
     */
    record Reading(Set<String> standards, Set<String> words, boolean hedged) {
        boolean implies() {
            return !standards.isEmpty() || !words.isEmpty();
        }
    }

    Reading read(String written) {
        String sentence = PlainLetters.of(written);
        Set<String> standards = new LinkedHashSet<>();
        STANDARDS.forEach((name, pattern) -> {
            if (asserted(pattern, sentence, null)) {
                standards.add(name);
            }
        });
        Set<String> words = new LinkedHashSet<>();
        asserted(GENERIC, sentence, words);
        for (Pattern pattern : extra) {
            asserted(pattern, sentence, words);
        }
        return new Reading(standards, words, HEDGE.matcher(sentence).find());
    }

    /** True when {@code text}, such as a record's title and details, names the standard. */
    static boolean names(String text, String standard) {
        Pattern pattern = STANDARDS.get(standard);
        return pattern != null && pattern.matcher(PlainLetters.of(text)).find();
    }

    /**
     * Sentences end at a full stop, question or exclamation mark before a space, and at line breaks that Markdown reads as
     * an end: blank lines, list items, table cells, headings.
     */
    static List<String> sentences(String text) {
        List<String> sentences = new ArrayList<>();
        for (String block : text.split("\\n\\s*\\n|\\n(?=\\s*([-*+#|>]|\\d+[.)]))|\\|", -1)) {
            for (String sentence : block.replaceAll("\\s+", " ").split("(?<=[.!?])\\s+(?=\\p{Lu}|\\p{N})", -1)) {
                if (!sentence.isBlank()) {
                    sentences.add(sentence.strip());
                }
            }
        }
        return sentences;
    }

    private static boolean asserted(Pattern pattern, String sentence, @Nullable Set<String> found) {
        var matcher = pattern.matcher(sentence);
        boolean any = false;
        while (matcher.find()) {
            // A colon, a semicolon or a dash between ends what a negation speaks of.
            String clause = sentence.substring(0, matcher.start()).replaceAll("^.*([;:]| - )", "");
            // A word that stands between and changes the negation, "not only", is read with it.
            String[] before = clause.strip().split("\\s+");
            StringBuilder reach = new StringBuilder();
            for (int i = Math.max(0, before.length - NEGATION_REACH); i < before.length; i++) {
                reach.append(before[i]).append(' ');
            }
            if (!NEGATION.matcher(reach).find()) {
                any = true;
                if (found != null) {
                    found.add(matcher.group().toLowerCase(Locale.ROOT));
                }
            }
        }
        return any;
    }

    private static void standard(String name, String pattern) {
        STANDARDS.put(name, word(pattern));
    }

    private static Pattern word(String alternatives) {
        return Pattern.compile("(?<![\\p{L}\\p{N}])(" + alternatives + ")(?![\\p{L}\\p{N}])", FLAGS);
    }
}
