package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import java.time.Instant;

/** Verdicts, and the line at the head of a page, in English. */
interface EnglishStanding extends StandingWords {

    @Override
    default String verdict(Verdict verdict) {
        return verdict.word();
    }

    @Override
    default String verdictMeans(Verdict verdict) {
        return switch (verdict) {
            case PROVEN -> "A fresh observation met the expectation.";
            case ATTESTED -> "A named person stands behind it; dated, and it expires.";
            case EXEMPT -> "Waived in public until a date, with the reason.";
            case STALE -> "The last proof is too old.";
            case UNPROVEN -> "No data, or the check itself broke.";
            case FAILING -> "The observation refutes the sentence.";
        };
    }

    @Override
    default String noDataYet() {
        return "no data yet";
    }

    @Override
    default String until(Instant until) {
        return "until " + day(until);
    }

    @Override
    default String nothingObserved(int claims) {
        return "Nothing has been observed yet: " + statements(claims) + (claims == 1 ? " waits" : " wait")
                + " for a first proof";
    }

    @Override
    default String allHold(int claims) {
        return claims == 1 ? "The one statement on this page holds" : "All " + claims + " statements on this page hold";
    }

    @Override
    default String someHold(long holding, int claims) {
        return holding + " of " + statements(claims) + (holding == 1 ? " holds" : " hold");
    }

    @Override
    default String noneHolds(int claims) {
        return claims == 1
                ? "The one statement on this page does not hold at present"
                : "None of the " + claims + " statements on this page holds at present";
    }

    @Override
    default String andHaveSince(Instant since) {
        return ", each of them without a break since " + instant(since);
    }

    @Override
    default String wrong(Verdict verdict, long count) {
        return EnglishFigures.spelled(count) + (count == 1 ? " is " : " are ") + verdict.word();
    }

    private static String statements(int count) {
        return count == 1 ? "1 statement" : count + " statements";
    }
}
