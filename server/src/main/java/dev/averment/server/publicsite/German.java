package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The site in German. */
final class German implements Words {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d.\u00a0MMMM\u00a0uuuu", Locale.GERMANY);
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "d.\u00a0MMM\u00a0uuuu, HH:mm\u00a0'UTC'", Locale.GERMANY)
            .withZone(ZoneOffset.UTC);

    @Override
    public String ago(Duration age) {
        return Spans.isNow(age) ? "gerade eben" : "vor " + dative(age);
    }

    @Override
    public String lasting(Duration length) {
        Spans.Span s = Spans.of(length);
        return s.count() + "\u00a0"
                + switch (s.unit()) {
                    case SECONDS -> "s";
                    case MINUTES -> "min";
                    case HOURS -> "h";
                    default -> s.count() == 1 ? "Tag" : "Tage";
                };
    }

    @Override
    public String forTheLast(Duration length) {
        return "seit " + dative(length);
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
        return count == 1 ? "1\u00a0Tag" : count + "\u00a0Tage";
    }

    @Override
    public String number(double value, int decimals) {
        return String.format(Locale.GERMANY, "%." + decimals + "f", value);
    }

    @Override
    public String verdict(Verdict verdict) {
        return switch (verdict) {
            case PROVEN -> "belegt";
            case ATTESTED -> "bezeugt";
            case EXEMPT -> "ausgesetzt";
            case STALE -> "veraltet";
            case UNPROVEN -> "unbelegt";
            case FAILING -> "widerlegt";
        };
    }

    @Override
    public String verdictMeans(Verdict verdict) {
        return switch (verdict) {
            case PROVEN -> "Eine frische Beobachtung entsprach der Erwartung.";
            case ATTESTED -> "Eine benannte Person steht dafür ein; datiert und befristet.";
            case EXEMPT -> "Öffentlich ausgesetzt, befristet und begründet.";
            case STALE -> "Der letzte Nachweis ist zu alt.";
            case UNPROVEN -> "Keine Daten, oder die Prüfung selbst brach ab.";
            case FAILING -> "Die Beobachtung widerlegt den Satz.";
        };
    }

    @Override
    public String noDataYet() {
        return "noch keine Daten";
    }

    @Override
    public String until(Instant until) {
        return "bis " + day(until);
    }

    @Override
    public String nothingObserved(int claims) {
        return "Noch wurde nichts beobachtet: " + (claims == 1 ? "1 Aussage wartet" : claims + " Aussagen warten")
                + " auf den ersten Nachweis";
    }

    @Override
    public String allHold(int claims) {
        return claims == 1 ? "Die eine Aussage dieser Seite gilt" : "Alle " + claims + " Aussagen dieser Seite gelten";
    }

    @Override
    public String someHold(long holding, int claims) {
        return holding + " von " + claims + " Aussagen " + (holding == 1 ? "gilt" : "gelten");
    }

    @Override
    public String noneHolds(int claims) {
        return claims == 1
                ? "Die eine Aussage dieser Seite gilt derzeit nicht"
                : "Von den " + claims + " Aussagen dieser Seite gilt derzeit keine";
    }

    @Override
    public String andHaveSince(Instant since) {
        return ", ohne Unterbrechung seit " + instant(since);
    }

    @Override
    public String wrong(Verdict verdict, long count) {
        return spelled(count) + (count == 1 ? " ist " : " sind ") + verdict(verdict);
    }

    /** "vor 3 Tagen", "seit 3 Tagen": both take the dative. */
    private String dative(Duration length) {
        String text = lasting(length);
        return text.endsWith("Tage") ? text + "n" : text;
    }

    private static String spelled(long count) {
        return switch ((int) Math.min(count, 10)) {
            case 1 -> "eine";
            case 2 -> "zwei";
            case 3 -> "drei";
            case 4 -> "vier";
            case 5 -> "fünf";
            case 6 -> "sechs";
            case 7 -> "sieben";
            case 8 -> "acht";
            case 9 -> "neun";
            default -> Long.toString(count);
        };
    }

    @Override
    public String skip() {
        return "Zum Text springen";
    }

    @Override
    public String securityPage() {
        return "Sicherheitsseite";
    }

    @Override
    public String asOf(LocalDate date) {
        return "Stand: " + day(date);
    }

    @Override
    public String revision(int number) {
        return "Fassung " + number;
    }

    @Override
    public String authoritative() {
        return "Maßgeblicher Text";
    }

    @Override
    public String translationOf(String language) {
        return "Übersetzung; maßgeblich ist der Text auf " + languageName(language);
    }

    @Override
    public String languageName(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.GERMANY);
    }

    @Override
    public String language() {
        return "Sprache";
    }

    @Override
    public String contents() {
        return "Inhalt";
    }

    @Override
    public String whatDoesNotHold() {
        return "Was nicht gilt";
    }

    @Override
    public String sections() {
        return "Aussagen";
    }

    @Override
    public String controls() {
        return "Kontrollen";
    }

    @Override
    public String history() {
        return "Verlauf";
    }

    @Override
    public String documents() {
        return "Dokumente";
    }

    @Override
    public String subProcessors() {
        return "Unterauftragsverarbeiter";
    }

    @Override
    public String packet() {
        return "Nachweispaket";
    }

    @Override
    public String packetMeans() {
        return "Alles auf dieser Seite mit seinen Nachweisen, ohne Netz zu prüfen.";
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
        return "Plakette";
    }

    @Override
    public String styleguide() {
        return "Was die Zeichen bedeuten";
    }

    @Override
    public String backTo(String title) {
        return title;
    }

    @Override
    public String footer() {
        return "Jeder Satz ist an eine Prüfung am laufenden System gebunden. Ändert sich die Wirklichkeit, ändert sich das Zeichen daneben.";
    }

    @Override
    public String renderedAt(Instant at) {
        return "Stand: " + instant(at);
    }

    @Override
    public String tallyCaption() {
        return "Aussagen nach Befund";
    }

    @Override
    public String answers(String owner) {
        return "Verantwortlich: " + owner;
    }

    @Override
    public String owner() {
        return "Verantwortlich";
    }

    @Override
    public String openFacts() {
        return "Tatsachen zeigen";
    }

    @Override
    public String allEvidence() {
        return "Alle Nachweise";
    }

    @Override
    public String reason() {
        return "Grund";
    }

    @Override
    public String since() {
        return "seit";
    }

    @Override
    public String observed() {
        return "Beobachtet";
    }

    @Override
    public String received() {
        return "eingegangen";
    }

    @Override
    public String looksAt() {
        return "Betrachtet";
    }

    @Override
    public String blindSpots() {
        return "Was das nicht zeigt";
    }

    @Override
    public String parameters() {
        return "Was sie betrachten soll";
    }

    @Override
    public String parameter() {
        return "Angabe";
    }

    @Override
    public String value() {
        return "Wert";
    }

    @Override
    public String noParameters() {
        return "Keine Angaben.";
    }

    @Override
    public String expectation() {
        return "Was sie erwartet";
    }

    @Override
    public String schedule(Duration every, Duration valid) {
        return "Läuft alle " + lasting(every) + "; eine Beobachtung zählt " + lasting(valid) + " lang.";
    }

    @Override
    public String subjects(int count) {
        return count == 1 ? "1 Gegenstand" : count + " Gegenstände";
    }

    @Override
    public String neverObserved() {
        return "Diese Prüfung hat noch nichts gemeldet. Bis dahin wird auf sie nichts gestützt.";
    }

    @Override
    public String facts() {
        return "Die Tatsachen";
    }

    @Override
    public String logEntry() {
        return "Der Protokolleintrag";
    }

    @Override
    public String logEntryMeans() {
        return "Die genauen Bytes im Nachweisprotokoll und der Beleg, dass sie darin stehen.";
    }

    @Override
    public String leaf() {
        return "Eintrag";
    }

    @Override
    public String place() {
        return "Stelle im Protokoll";
    }

    @Override
    public String sequenced() {
        return "eingereiht, noch nicht eingearbeitet";
    }

    @Override
    public String integrated(long seq) {
        return "eingearbeitet an Stelle " + seq;
    }

    @Override
    public String downloadLeaf() {
        return "Eintrag herunterladen";
    }

    @Override
    public String downloadProof() {
        return "Beleg herunterladen";
    }

    @Override
    public String proofLater() {
        return "Der Beleg folgt, sobald der Eintrag eingearbeitet ist.";
    }

    @Override
    public String check() {
        return "Prüfung";
    }

    @Override
    public String checks(int count) {
        return count == 1 ? "Die Prüfung" : "Die " + spelled(count) + " Prüfungen";
    }

    @Override
    public String exemptUntil(Instant until, String by) {
        return "Ausgesetzt bis " + day(until) + " durch " + by + ":";
    }

    @Override
    public String mapsTo() {
        return "Bezieht sich auf";
    }

    @Override
    public String otherLanguages() {
        return "In anderen Sprachen";
    }

    @Override
    public String verdictHistory() {
        return "Verlauf der Befunde";
    }

    @Override
    public String verdictHistoryMeans(int days) {
        return "Die letzten " + days + " Tage, in UTC.";
    }

    @Override
    public String now() {
        return "jetzt";
    }

    @Override
    public String from() {
        return "Von";
    }

    @Override
    public String to() {
        return "Bis";
    }

    @Override
    public String length() {
        return "Dauer";
    }

    @Override
    public String asTable() {
        return "Dasselbe als Tabelle";
    }

    @Override
    public String noHistory() {
        return "Noch ist kein Befund verzeichnet.";
    }

    @Override
    public String controlsMean() {
        return "Jede Aussage der Seite, die Kontrollen, auf die sie sich bezieht, und ihr Nachweis in diesem Augenblick.";
    }

    @Override
    public String control() {
        return "Kontrolle";
    }

    @Override
    public String posture() {
        return "Aussage";
    }

    @Override
    public String proof() {
        return "Nachweis";
    }

    @Override
    public String unmapped() {
        return "keine genannt";
    }

    @Override
    public String subProcessorsMean() {
        return "Unternehmen, die in unserem Auftrag personenbezogene Daten verarbeiten: wo, wozu und mit welcher Garantie für die Übermittlung.";
    }

    @Override
    public String noSubProcessors() {
        return "Im Register steht kein Unterauftragsverarbeiter.";
    }

    @Override
    public String name() {
        return "Name";
    }

    @Override
    public String location() {
        return "Ort";
    }

    @Override
    public String purpose() {
        return "Zweck";
    }

    @Override
    public String safeguard() {
        return "Garantie";
    }

    @Override
    public String missing() {
        return "nicht angegeben";
    }

    @Override
    public String historyMeans() {
        return "Jeder Wortlaut, der je galt, der neueste zuerst, mit dem, was sich geändert hat.";
    }

    @Override
    public String inForceSince(Instant since) {
        return "in Kraft seit " + instant(since);
    }

    @Override
    public String file() {
        return "die Datei, wie sie war";
    }

    @Override
    public String firstRevision() {
        return "Die erste Fassung.";
    }

    @Override
    public String unchangedRevision() {
        return "Keine veröffentlichte Aussage hat sich geändert.";
    }

    @Override
    public String change(String kind) {
        return switch (kind) {
            case "added" -> "hinzugefügt";
            case "withdrawn" -> "zurückgezogen";
            case "reworded" -> "umformuliert";
            case "loosened" -> "gelockert";
            case "tightened" -> "verschärft";
            case "rebound" -> "neu gebunden";
            case "changed" -> "geändert";
            default -> kind;
        };
    }

    @Override
    public String permanent() {
        return "Gelockert und zurückgezogen";
    }

    @Override
    public String permanentMeans() {
        return "Ein Versprechen, das gelockert oder zurückgezogen wurde, behält hier für immer seine Zeile.";
    }

    @Override
    public String noPageTitle() {
        return "Noch ist keine Seite veröffentlicht";
    }

    @Override
    public String noPage() {
        return "Entwerfen Sie eine aus dem, was von außen zu sehen ist, belegen und veröffentlichen Sie sie:";
    }

    @Override
    public String refusedTitle() {
        return "Darauf gibt es keine Antwort";
    }

    @Override
    public String refused() {
        return "Der Server versteht diese Anfrage nicht. Bitte prüfen Sie Adresse und Form.";
    }

    @Override
    public String brokenTitle() {
        return "Hier ist etwas kaputtgegangen";
    }

    @Override
    public String broken() {
        return "An Ihnen lag es nicht. Bitte versuchen Sie es gleich noch einmal; bleibt es dabei, so nennen Sie dem Betreiber den Zeitpunkt.";
    }

    @Override
    public String notFoundTitle() {
        return "Unter dieser Adresse steht nichts";
    }

    @Override
    public String notFound() {
        return "Die Seite, Aussage oder Datei, die diese Adresse nennt, gibt es hier nicht. Zurückgezogene Aussagen behalten ihre Zeile im Verlauf der Seite.";
    }

    @Override
    public String notFoundWhatNow() {
        return "Prüfen Sie die Adresse, oder beginnen Sie bei";
    }

    @Override
    public String toFirstPage() {
        return "der Sicherheitsseite";
    }

    @Override
    public String markOpened() {
        return "Der Nachweis dieser Aussage";
    }
}
