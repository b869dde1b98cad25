package dev.averment.checks;

import dev.averment.claims.Verdict;

/**
 * A judge's answer.
 *
 * @param verdict proven, attested, unproven or failing; freshness is judged by whoever reads
 * @param reason  one sentence for the page: what was seen, with the figures, naming the first subject that is wrong
 */
public record Judgement(Verdict verdict, String reason) {

    public static Judgement proven(String reason) {
        return new Judgement(Verdict.PROVEN, reason);
    }

    public static Judgement attested(String reason) {
        return new Judgement(Verdict.ATTESTED, reason);
    }

    public static Judgement unproven(String reason) {
        return new Judgement(Verdict.UNPROVEN, reason);
    }

    public static Judgement failing(String reason) {
        return new Judgement(Verdict.FAILING, reason);
    }
}
