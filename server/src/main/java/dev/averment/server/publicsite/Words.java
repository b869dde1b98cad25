package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Every sentence that the site itself says. One method a phrase, one class a language: a phrase that a language lacks
 * doesn't compile.
 */
public sealed interface Words permits English, German {

    // Time and figures
    String ago(Duration age);

    String lasting(Duration length);

    /** Like {@link #lasting}, as it stands after "for": "2 h", "seit 2 h". */
    String forTheLast(Duration length);

    String instant(Instant at);

    String day(Instant at);

    String day(LocalDate date);

    String days(long count);

    String number(double value, int decimals);

    // Verdicts
    String verdict(Verdict verdict);

    String verdictMeans(Verdict verdict);

    String noDataYet();

    String until(Instant until);

    // The head of the page
    String nothingObserved(int claims);

    String allHold(int claims);

    String someHold(long holding, int claims);

    String noneHolds(int claims);

    String andHaveSince(Instant since);

    String wrong(Verdict verdict, long count);

    // Around the page
    String skip();

    String securityPage();

    String asOf(LocalDate date);

    String revision(int number);

    String authoritative();

    String translationOf(String language);

    String languageName(String tag);

    String language();

    String contents();

    String whatDoesNotHold();

    String sections();

    String controls();

    String history();

    String documents();

    String subProcessors();

    String packet();

    String packetMeans();

    String feed();

    String json();

    String badge();

    String styleguide();

    String backTo(String title);

    String footer();

    String renderedAt(Instant at);

    String tallyCaption();

    // A claim
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

    // The matrix
    String controlsMean();

    String control();

    String posture();

    String proof();

    String unmapped();

    // Sub-processors
    String subProcessorsMean();

    String noSubProcessors();

    String name();

    String location();

    String purpose();

    String safeguard();

    String missing();

    // Page history
    String historyMeans();

    String inForceSince(Instant since);

    String file();

    String firstRevision();

    /** A revision that changed no claim for this reader. */
    String unchangedRevision();

    String change(String kind);

    String permanent();

    String permanentMeans();

    // Empty and missing
    String noPageTitle();

    String noPage();

    String refusedTitle();

    String refused();

    String brokenTitle();

    String broken();

    String notFoundTitle();

    String notFound();

    String notFoundWhatNow();

    String toFirstPage();

    String markOpened();
}
