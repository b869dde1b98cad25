package dev.averment.server.publicsite;

import dev.averment.claims.Verdict;
import java.time.Instant;

/** Verdicts, and the line at the head of a page, in German. */
interface GermanStanding extends StandingWords {

    @Override
    default String verdict(Verdict verdict) {
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
    default String verdictMeans(Verdict verdict) {
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
    default String noDataYet() {
        return "noch keine Daten";
    }

    @Override
    default String until(Instant until) {
        return "bis " + day(until);
    }

    @Override
    default String nothingObserved(int claims) {
        return "Noch wurde nichts beobachtet: " + (claims == 1 ? "1 Aussage wartet" : claims + " Aussagen warten")
                + " auf den ersten Nachweis";
    }

    @Override
    default String allHold(int claims) {
        return claims == 1 ? "Die eine Aussage dieser Seite gilt" : "Alle " + claims + " Aussagen dieser Seite gelten";
    }

    @Override
    default String someHold(long holding, int claims) {
        return holding + " von " + claims + " Aussagen " + (holding == 1 ? "gilt" : "gelten");
    }

    @Override
    default String noneHolds(int claims) {
        return claims == 1
                ? "Die eine Aussage dieser Seite gilt derzeit nicht"
                : "Von den " + claims + " Aussagen dieser Seite gilt derzeit keine";
    }

    @Override
    default String andHaveSince(Instant since) {
        return ", jede davon ohne Unterbrechung seit " + instant(since);
    }

    @Override
    default String wrong(Verdict verdict, long count) {
        return GermanFigures.spelled(count) + (count == 1 ? " ist " : " sind ") + verdict(verdict);
    }
}
