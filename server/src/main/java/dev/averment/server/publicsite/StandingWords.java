package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import java.time.Instant;

/** Verdicts, and the line at the head of a page. */
public interface StandingWords extends FigureWords {

    String verdict(Verdict verdict);

    String verdictMeans(Verdict verdict);

    String noDataYet();

    String until(Instant until);

    String nothingObserved(int claims);

    String allHold(int claims);

    String someHold(long holding, int claims);

    String noneHolds(int claims);

    String andHaveSince(Instant since);

    String wrong(Verdict verdict, long count);
}
