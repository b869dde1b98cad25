package dev.averment.server.publicsite;

import java.time.Duration;
import java.time.Instant;

/** A claim with its checks, facts and history, in German. */
interface GermanClaim extends ClaimWords {

    @Override
    default String answers(String owner) {
        return "Verantwortlich: " + owner;
    }

    @Override
    default String owner() {
        return "Verantwortlich";
    }

    @Override
    default String openFacts() {
        return "Tatsachen zeigen";
    }

    @Override
    default String allEvidence() {
        return "Alle Nachweise";
    }

    @Override
    default String reason() {
        return "Grund";
    }

    @Override
    default String since() {
        return "seit";
    }

    @Override
    default String observed() {
        return "Beobachtet";
    }

    @Override
    default String received() {
        return "eingegangen";
    }

    @Override
    default String looksAt() {
        return "Betrachtet";
    }

    @Override
    default String blindSpots() {
        return "Was das nicht zeigt";
    }

    @Override
    default String parameters() {
        return "Was sie betrachten soll";
    }

    @Override
    default String parameter() {
        return "Angabe";
    }

    @Override
    default String value() {
        return "Wert";
    }

    @Override
    default String noParameters() {
        return "Keine Angaben.";
    }

    @Override
    default String expectation() {
        return "Was sie erwartet";
    }

    @Override
    default String schedule(Duration every, Duration valid) {
        return "Läuft alle " + lasting(every) + "; eine Beobachtung zählt " + lasting(valid) + " lang.";
    }

    @Override
    default String subjects(int count) {
        return count == 1 ? "1 Gegenstand" : count + " Gegenstände";
    }

    @Override
    default String neverObserved() {
        return "Diese Prüfung hat noch nichts gemeldet. Bis dahin wird auf sie nichts gestützt.";
    }

    @Override
    default String facts() {
        return "Die Tatsachen";
    }

    @Override
    default String logEntry() {
        return "Der Protokolleintrag";
    }

    @Override
    default String logEntryMeans() {
        return "Die genauen Bytes im Nachweisprotokoll und der Beleg, dass sie darin stehen.";
    }

    @Override
    default String leaf() {
        return "Eintrag";
    }

    @Override
    default String place() {
        return "Stelle im Protokoll";
    }

    @Override
    default String sequenced() {
        return "eingereiht, noch nicht eingearbeitet";
    }

    @Override
    default String integrated(long seq) {
        return "eingearbeitet an Stelle " + seq;
    }

    @Override
    default String downloadLeaf() {
        return "Eintrag herunterladen";
    }

    @Override
    default String downloadProof() {
        return "Beleg herunterladen";
    }

    @Override
    default String proofLater() {
        return "Der Beleg folgt, sobald der Eintrag eingearbeitet ist.";
    }

    @Override
    default String check() {
        return "Prüfung";
    }

    @Override
    default String checks(int count) {
        return count == 1 ? "Die Prüfung" : "Die " + GermanFigures.spelled(count) + " Prüfungen";
    }

    @Override
    default String exemptUntil(Instant until, String by) {
        return "Ausgesetzt bis " + day(until) + " durch " + by + ":";
    }

    @Override
    default String mapsTo() {
        return "Bezieht sich auf";
    }

    @Override
    default String otherLanguages() {
        return "In anderen Sprachen";
    }

    @Override
    default String verdictHistory() {
        return "Verlauf der Befunde";
    }

    @Override
    default String verdictHistoryMeans(int days) {
        return "Die letzten " + days + " Tage, in UTC.";
    }

    @Override
    default String now() {
        return "jetzt";
    }

    @Override
    default String from() {
        return "Von";
    }

    @Override
    default String to() {
        return "Bis";
    }

    @Override
    default String length() {
        return "Dauer";
    }

    @Override
    default String asTable() {
        return "Dasselbe als Tabelle";
    }

    @Override
    default String noHistory() {
        return "Noch ist kein Befund verzeichnet.";
    }

    @Override
    default String neverFailed() {
        return "In dieser Zeit ist kein widerlegender Befund verzeichnet.";
    }
}
