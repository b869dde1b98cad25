package dev.averment.checks.controlmatrix;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.claims.Verdict;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The verdict of each claim at one moment, as the page tells programs: {@code {claims: [{id, verdict}]}}.
 *
 * @param words claim to the verdict's word
 */
record PublishedVerdicts(Map<String, String> words) {
    /** The words of the languages that pages are published in. */
    private static final Map<String, Verdict> WORDS = new HashMap<>(Map.of(
            "belegt", Verdict.PROVEN,
            "bezeugt", Verdict.ATTESTED,
            "ausgesetzt", Verdict.EXEMPT,
            "veraltet", Verdict.STALE,
            "unbelegt", Verdict.UNPROVEN,
            "widerlegt", Verdict.FAILING));

    static {
        for (Verdict verdict : Verdict.values()) {
            WORDS.put(verdict.word(), verdict);
        }
    }

    static PublishedVerdicts fetch(Web web, String path) throws CollectException {
        Answer answer = WebFetch.get(web, path);
        if (answer.status() != 200 || answer.truncated()) {
            throw new CollectException(
                    "The verdicts at " + answer.uri() + " answer " + answer.status()
                            + " instead of 200, so that the matrix can't be held against them; give their path as the setting verdicts.");
        }
        try {
            Map<String, String> words = new HashMap<>();
            for (JsonObject claim :
                    Json.parseObject(answer.body()).array("claims").objects()) {
                words.put(claim.string("id"), claim.string("verdict"));
            }
            return new PublishedVerdicts(Map.copyOf(words));
        } catch (JsonException e) {
            throw new CollectException(
                    "The verdicts at " + answer.uri() + " are not {claims: [{id, verdict}]} (" + WebFetch.why(e)
                            + "); give their path as the setting verdicts.",
                    e);
        }
    }

    Optional<String> of(String claim) {
        return Optional.ofNullable(words.get(claim));
    }

    /** The verdicts that {@code text} names, in English or German, each once. */
    static List<String> wordsIn(String text) {
        List<String> found = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}]+")) {
            Verdict verdict = WORDS.get(word);
            if (verdict != null && !found.contains(verdict.word())) {
                found.add(verdict.word());
            }
        }
        return found;
    }
}
