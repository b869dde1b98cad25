package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The site in English. */
final class English implements Words {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d\u00a0MMMM\u00a0uuuu", Locale.UK);
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "d\u00a0MMM\u00a0uuuu, HH:mm\u00a0'UTC'", Locale.UK)
            .withZone(ZoneOffset.UTC);

    @Override
    public String ago(Duration age) {
        return Spans.isNow(age) ? "just now" : lasting(age) + " ago";
    }

    @Override
    public String lasting(Duration length) {
        Spans.Span s = Spans.of(length);
        return s.count() + "\u00a0"
                + switch (s.unit()) {
                    case SECONDS -> "s";
                    case MINUTES -> "min";
                    case HOURS -> "h";
                    default -> s.count() == 1 ? "day" : "days";
                };
    }

    @Override
    public String forTheLast(Duration length) {
        return "for " + lasting(length);
    }

    @Override
    public String instant(Instant at) {
        return INSTANT.format(at);
    }

    @Override
    public String day(Instant at) {
        return DAY.format(at.atOffset(ZoneOffset.UTC));
    }

    @Override
    public String day(LocalDate date) {
        return DAY.format(date);
    }

    @Override
    public String days(long count) {
        return count == 1 ? "1\u00a0day" : count + "\u00a0days";
    }

    @Override
    public String number(double value, int decimals) {
        return String.format(Locale.UK, "%." + decimals + "f", value);
    }

    @Override
    public String verdict(Verdict verdict) {
        return verdict.word();
    }

    @Override
    public String verdictMeans(Verdict verdict) {
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
    public String noDataYet() {
        return "no data yet";
    }

    @Override
    public String until(Instant until) {
        return "until " + day(until);
    }

    @Override
    public String nothingObserved(int claims) {
        return "Nothing has been observed yet: " + statements(claims) + (claims == 1 ? " waits" : " wait")
                + " for a first proof";
    }

    @Override
    public String allHold(int claims) {
        return claims == 1 ? "The one statement on this page holds" : "All " + claims + " statements on this page hold";
    }

    @Override
    public String someHold(long holding, int claims) {
        return holding + " of " + statements(claims) + (holding == 1 ? " holds" : " hold");
    }

    @Override
    public String noneHolds(int claims) {
        return claims == 1
                ? "The one statement on this page does not hold at present"
                : "None of the " + claims + " statements on this page holds at present";
    }

    @Override
    public String andHaveSince(Instant since) {
        return ", without a break since " + instant(since);
    }

    @Override
    public String wrong(Verdict verdict, long count) {
        return spelled(count) + (count == 1 ? " is " : " are ") + verdict.word();
    }

    private static String statements(int count) {
        return count == 1 ? "1 statement" : count + " statements";
    }

    private static String spelled(long count) {
        return switch ((int) Math.min(count, 10)) {
            case 1 -> "one";
            case 2 -> "two";
            case 3 -> "three";
            case 4 -> "four";
            case 5 -> "five";
            case 6 -> "six";
            case 7 -> "seven";
            case 8 -> "eight";
            case 9 -> "nine";
            default -> Long.toString(count);
        };
    }

    @Override
    public String skip() {
        return "Skip to the text";
    }

    @Override
    public String securityPage() {
        return "Security page";
    }

    @Override
    public String asOf(LocalDate date) {
        return "As of " + day(date);
    }

    @Override
    public String revision(int number) {
        return "Revision " + number;
    }

    @Override
    public String authoritative() {
        return "Authoritative text";
    }

    @Override
    public String translationOf(String language) {
        return "Translation; the " + languageName(language) + " text is authoritative";
    }

    @Override
    public String languageName(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.UK);
    }

    @Override
    public String language() {
        return "Language";
    }

    @Override
    public String contents() {
        return "Contents";
    }

    @Override
    public String whatDoesNotHold() {
        return "What does not hold";
    }

    @Override
    public String sections() {
        return "Statements";
    }

    @Override
    public String controls() {
        return "Controls";
    }

    @Override
    public String history() {
        return "History";
    }

    @Override
    public String documents() {
        return "Documents";
    }

    @Override
    public String subProcessors() {
        return "Sub-processors";
    }

    @Override
    public String packet() {
        return "Evidence packet";
    }

    @Override
    public String packetMeans() {
        return "Everything on this page with its evidence, to verify offline.";
    }

    @Override
    public String feed() {
        return "Feed";
    }

    @Override
    public String json() {
        return "JSON";
    }

    @Override
    public String badge() {
        return "Badge";
    }

    @Override
    public String styleguide() {
        return "What the marks mean";
    }

    @Override
    public String backTo(String title) {
        return title;
    }

    @Override
    public String footer() {
        return "Each sentence is bound to a check that runs against the live system. When reality changes, so does the mark beside it.";
    }

    @Override
    public String renderedAt(Instant at) {
        return "As it stood on " + instant(at);
    }

    @Override
    public String tallyCaption() {
        return "Statements by verdict";
    }

    @Override
    public String answers(String owner) {
        return "Owner: " + owner;
    }

    @Override
    public String owner() {
        return "Owner";
    }

    @Override
    public String openFacts() {
        return "show the facts";
    }

    @Override
    public String allEvidence() {
        return "All the evidence";
    }

    @Override
    public String reason() {
        return "Reason";
    }

    @Override
    public String since() {
        return "since";
    }

    @Override
    public String observed() {
        return "Observed";
    }

    @Override
    public String received() {
        return "received";
    }

    @Override
    public String looksAt() {
        return "Looks at";
    }

    @Override
    public String blindSpots() {
        return "What this does not show";
    }

    @Override
    public String parameters() {
        return "What it is told to look at";
    }

    @Override
    public String parameter() {
        return "Parameter";
    }

    @Override
    public String value() {
        return "Value";
    }

    @Override
    public String noParameters() {
        return "No parameters.";
    }

    @Override
    public String expectation() {
        return "What it expects";
    }

    @Override
    public String schedule(Duration every, Duration valid) {
        return "Runs every " + lasting(every) + "; an observation counts for " + lasting(valid) + ".";
    }

    @Override
    public String subjects(int count) {
        return count == 1 ? "1 subject" : count + " subjects";
    }

    @Override
    public String neverObserved() {
        return "This check has not reported yet. Until it does, nothing is claimed on its account.";
    }

    @Override
    public String facts() {
        return "The facts";
    }

    @Override
    public String logEntry() {
        return "The log entry";
    }

    @Override
    public String logEntryMeans() {
        return "The exact bytes that were written to the evidence log, and the proof that they are in it.";
    }

    @Override
    public String leaf() {
        return "Entry";
    }

    @Override
    public String place() {
        return "Place in the log";
    }

    @Override
    public String sequenced() {
        return "sequenced, not yet integrated";
    }

    @Override
    public String integrated(long seq) {
        return "integrated at " + seq;
    }

    @Override
    public String downloadLeaf() {
        return "Download the entry";
    }

    @Override
    public String downloadProof() {
        return "Download its proof";
    }

    @Override
    public String proofLater() {
        return "Its proof follows once the entry is integrated.";
    }

    @Override
    public String check() {
        return "Check";
    }

    @Override
    public String checks(int count) {
        return count == 1 ? "The check" : "The " + spelled(count) + " checks";
    }

    @Override
    public String exemptUntil(Instant until, String by) {
        return "Waived until " + day(until) + " by " + by + ":";
    }

    @Override
    public String mapsTo() {
        return "Speaks to";
    }

    @Override
    public String otherLanguages() {
        return "In other languages";
    }

    @Override
    public String verdictHistory() {
        return "History of verdicts";
    }

    @Override
    public String verdictHistoryMeans(int days) {
        return "The last " + days + " days, in UTC.";
    }

    @Override
    public String now() {
        return "now";
    }

    @Override
    public String from() {
        return "From";
    }

    @Override
    public String to() {
        return "To";
    }

    @Override
    public String length() {
        return "Length";
    }

    @Override
    public String asTable() {
        return "The same as a table";
    }

    @Override
    public String noHistory() {
        return "No verdict has been recorded yet.";
    }

    @Override
    public String controlsMean() {
        return "Every statement of the page, the controls that it speaks to, and its proof at this moment.";
    }

    @Override
    public String control() {
        return "Control";
    }

    @Override
    public String posture() {
        return "Posture";
    }

    @Override
    public String proof() {
        return "Proof";
    }

    @Override
    public String unmapped() {
        return "none named";
    }

    @Override
    public String subProcessorsMean() {
        return "Companies that process personal data on our behalf, where, what for, and what protects the transfer.";
    }

    @Override
    public String noSubProcessors() {
        return "No sub-processor is entered in the register.";
    }

    @Override
    public String name() {
        return "Name";
    }

    @Override
    public String location() {
        return "Location";
    }

    @Override
    public String purpose() {
        return "Purpose";
    }

    @Override
    public String safeguard() {
        return "Safeguard";
    }

    @Override
    public String missing() {
        return "not stated";
    }

    @Override
    public String historyMeans() {
        return "Every wording that was ever in force, newest first, with what changed.";
    }

    @Override
    public String inForceSince(Instant since) {
        return "in force since " + instant(since);
    }

    @Override
    public String file() {
        return "the file as it was";
    }

    @Override
    public String firstRevision() {
        return "The first revision.";
    }

    @Override
    public String unchangedRevision() {
        return "No published claim changed.";
    }

    @Override
    public String change(String kind) {
        return kind;
    }

    @Override
    public String permanent() {
        return "Loosened and withdrawn";
    }

    @Override
    public String permanentMeans() {
        return "A promise that was loosened or withdrawn leaves its line here for good.";
    }

    @Override
    public String noPageTitle() {
        return "No page is published yet";
    }

    @Override
    public String noPage() {
        return "Draft one from what can already be seen from outside, prove it, then publish it:";
    }

    @Override
    public String refusedTitle() {
        return "That can't be answered";
    }

    @Override
    public String refused() {
        return "The request is not one that this server understands. Check its address and form.";
    }

    @Override
    public String brokenTitle() {
        return "Something broke here";
    }

    @Override
    public String broken() {
        return "It was not your fault. Try again in a moment; if it stays so, tell the operator when it happened.";
    }

    @Override
    public String notFoundTitle() {
        return "There is nothing at this address";
    }

    @Override
    public String notFound() {
        return "The page, statement or file that this address names does not exist here. Statements that were withdrawn keep their line in the page's history.";
    }

    @Override
    public String notFoundWhatNow() {
        return "Check the address, or start from";
    }

    @Override
    public String toFirstPage() {
        return "the security page";
    }

    @Override
    public String markOpened() {
        return "The proof of this statement";
    }
}
