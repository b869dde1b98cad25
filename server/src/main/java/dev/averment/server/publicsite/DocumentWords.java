package dev.averment.server.publicsite;

import java.time.Instant;

/** The documents beside a page: matrix, sub-processors, history. */
public interface DocumentWords extends FigureWords {

    String controlsMean();

    String control();

    String posture();

    String proof();

    String unmapped();

    String subProcessorsMean();

    String noSubProcessors();

    String name();

    String location();

    String purpose();

    String safeguard();

    String missing();

    String historyMeans();

    String inForceSince(Instant since);

    String file();

    String firstRevision();

    /** A revision that changed no claim for this reader. */
    String unchangedRevision();

    String change(String kind);

    String permanent();

    String permanentMeans();
}
