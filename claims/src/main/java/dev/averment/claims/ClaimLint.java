package dev.averment.claims;

import dev.averment.claims.file.PageProblem;
import dev.averment.claims.file.Place;
import dev.averment.claims.file.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a page as a sceptical buyer would: words that no check can carry, figures below published minimums, translations
 * left behind. Each rule has an id that never changes, so that a team can talk about it.
 */
public final class ClaimLint {
    /** Finding that refuses a page, as opposed to one that flags it. */
    public static final String CERTIFICATION_WORDS = "certification-words";

    public static final String ABSOLUTE_WORDS = "absolute-words";
    public static final String SPELLED_FIGURE = "spelled-figure";
    public static final String TRANSLATION_MISSING = "translation-missing";
    public static final String TRANSLATION_STALE = "translation-stale";
    public static final String NO_SELFTEST = "no-selftest";

    /**
     * Something that a sceptical reader would stop at.
     *
     * @param id     of the rule
     * @param claim  the claim's id; null when it is about the page's policy
     * @param place  in the file
     * @param refuse true when a page with it must not be published
     */
    public record Finding(
            String id, @Nullable String claim, Place place, String what, String why, String remedy, boolean refuse) {
        public PageProblem problem(String file) {
            return new PageProblem(file, place.line(), place.column(), what + " [" + id + "]", why, remedy);
        }
    }

    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

    /** Words that claim an attestation by a third party. “Certificate” alone is not among them: TLS has those too. */
    private static final Pattern CERTIFICATION = Pattern.compile(
            "(?<!\\pL)(certified|certifications?|accredited|accreditations?|(gdpr|hipaa|pci|soc|iso)[- \\d]*compliant"
                    + "|compliant with (gdpr|hipaa|pci|soc|iso)|(re-?)?zertifizier\\pL*|akkreditier\\pL*"
                    + "|(dsgvo|iso|bsi)[- \\d]*konform\\pL*|tüv[- ]geprüft\\pL*)(?!\\pL)",
            FLAGS);

    private static final Pattern ABSOLUTE = Pattern.compile(
            "(?<!\\pL)(always|never|unhackable|unbreakable|impossible|guaranteed?|guarantees?|completely secure|bullet-?proof"
                    + "|military[- ]grade|bank[- ]grade|absolutely|hundred per ?cent|immer|niemals?|nie|unmöglich|garantier\\pL*"
                    + "|unknackbar\\pL*|absolut\\pL*|hundertprozentig\\pL*)(?!\\pL)|(?<!\\d)100 ?%",
            FLAGS);

    private static final Pattern SPELLED = Pattern.compile(
            "(?<!\\pL)(one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|fifteen|thirty|sixty|ninety|hundred"
                    + "|ein(e|em|en|er|es)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|vierzehn|fünfzehn|dreißig)"
                    + "[ -](business[ -])?(seconds?|minutes?|hours?|days?|weeks?|months?|years?|sekunden?|minuten?|stunden?"
                    + "|tag(en?)?|wochen?|monat(en?)?|jahr(en?)?)(?!\\pL)",
            FLAGS);

    private final Page page;
    private final Places places;
    private final @Nullable Page previous;
    private final List<Finding> findings = new ArrayList<>();

    private ClaimLint(Page page, Places places, @Nullable Page previous) {
        this.page = page;
        this.places = places;
        this.previous = previous;
    }

    /** Lints a page on its own. */
    public static List<Finding> lint(PageResult.Parsed parsed) {
        return lint(parsed.page(), parsed.places(), null);
    }

    /**
     * Lints a page that replaces another.
     *
     * @param previous the revision before, which shows translations that were left behind; null when there is none
     */
    public static List<Finding> lint(Page page, Places places, @Nullable Page previous) {
        ClaimLint lint = new ClaimLint(page, places, previous);
        lint.run();
        return List.copyOf(lint.findings);
    }

    private void run() {
        findings.addAll(WeakFigures.inPolicy(page, places));
        for (int i = 0; i < page.claims().size(); i++) {
            Claim claim = page.claims().get(i);
            words(claim, i);
            translations(claim, i);
            findings.addAll(WeakFigures.inClaim(claim, i, places));
            if (claim.selftests().isEmpty()) {
                add(
                        NO_SELFTEST,
                        claim,
                        places.at("claims", i),
                        "The claim " + claim.id() + " has no self-test",
                        "nobody has seen its judge change its mind",
                        "add one, such as {check: …, set: {subjects: []}," + " verdict: unproven}");
            }
        }
    }

    private void words(Claim claim, int index) {
        claim.text().forEach((language, template) -> {
            Place at = places.at("claims", index, "text", language);
            String text = Wording.of(page).sentence(claim, language);
            Matcher certification = CERTIFICATION.matcher(text);
            if (certification.find() && !certified(claim)) {
                findings.add(new Finding(
                        CERTIFICATION_WORDS,
                        claim.id(),
                        at,
                        "The claim " + claim.id() + " says “" + certification.group() + "”",
                        "that is a third party's word, and no check of the claim looks at its certificate",
                        "bind a check of type records with {register: certificates}, or drop the word",
                        true));
            }
            Matcher absolute = ABSOLUTE.matcher(text);
            if (absolute.find()) {
                add(
                        ABSOLUTE_WORDS,
                        claim,
                        at,
                        "The claim " + claim.id() + " says “" + absolute.group() + "”",
                        "no check sees every case",
                        "say what is checked instead");
            }
            Matcher spelled = SPELLED.matcher(Sentence.parse(template).words());
            if (spelled.find()) {
                add(
                        SPELLED_FIGURE,
                        claim,
                        at,
                        "The claim " + claim.id() + " spells the figure “" + spelled.group() + "”",
                        "a figure that is no parameter can drift away from what is checked",
                        "make it a parameter");
            }
        });
    }

    private static boolean certified(Claim claim) {
        return claim.checks().stream()
                .anyMatch(check -> check.type().equals("certification-words")
                        || (check.type().equals("records")
                                && "certificates".equals(check.with().get("register"))));
    }

    private void translations(Claim claim, int index) {
        Place at = places.at("claims", index, "text");
        for (String language : page.title().keySet()) {
            if (!claim.text().containsKey(language)) {
                add(
                        TRANSLATION_MISSING,
                        claim,
                        at,
                        "The claim " + claim.id() + " has no text in “" + language + "”",
                        "the page's title does, so its readers expect one",
                        "translate it");
            }
        }
        Claim before = previous == null
                ? null
                : previous.claims().stream()
                        .filter(old -> old.id().equals(claim.id()))
                        .findFirst()
                        .orElse(null);
        if (before == null || same(before.text(), claim.text(), page.authoritative())) {
            return;
        }
        for (String language : claim.text().keySet()) {
            if (!language.equals(page.authoritative()) && same(before.text(), claim.text(), language)) {
                add(
                        TRANSLATION_STALE,
                        claim,
                        places.at("claims", index, "text", language),
                        "The claim " + claim.id() + " changed, and its text in “" + language + "” did not",
                        "the translation says what used to be true",
                        "translate the new sentence");
            }
        }
    }

    private static boolean same(Map<String, String> before, Map<String, String> after, String language) {
        return before.getOrDefault(language, "").equals(after.getOrDefault(language, ""));
    }

    private void add(String id, Claim claim, Place at, String what, String why, String remedy) {
        findings.add(new Finding(id, claim.id(), at, what, why, remedy, false));
    }
}
