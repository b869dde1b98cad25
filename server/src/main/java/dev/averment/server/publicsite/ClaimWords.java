package dev.averment.server.publicsite;

import java.time.Duration;
import java.time.Instant;

/** A claim with its checks, facts and history. */
public interface ClaimWords extends FigureWords {

    String answers(String owner);

    String owner();

    String openFacts();

    String allEvidence();

    String reason();

    String since();

    String observed();

    String received();

    String looksAt();

    String blindSpots();

    String parameters();

    String parameter();

    String value();

    String noParameters();

    String expectation();

    String schedule(Duration every, Duration valid);

    String subjects(int count);

    String neverObserved();

    String facts();

    String logEntry();

    String logEntryMeans();

    String leaf();

    String place();

    String sequenced();

    String integrated(long seq);

    String downloadLeaf();

    String downloadProof();

    String proofLater();

    String check();

    String checks(int count);

    String exemptUntil(Instant until, String by);

    String mapsTo();

    String otherLanguages();

    String verdictHistory();

    String verdictHistoryMeans(int days);

    String now();

    String from();

    String to();

    String length();

    String asTable();

    String noHistory();

    /** Of the time that a lane shows. */
    String neverFailed();
}
