package dev.averment.server.publicsite;

/** What is said where there is nothing to show, in German. */
interface GermanAbsence extends AbsenceWords {

    @Override
    default String noPageTitle() {
        return "Noch ist keine Seite veröffentlicht";
    }

    @Override
    default String noPage() {
        return "Entwerfen Sie eine aus dem, was von außen zu sehen ist, belegen und veröffentlichen Sie sie:";
    }

    @Override
    default String refusedTitle() {
        return "Darauf gibt es keine Antwort";
    }

    @Override
    default String refused() {
        return "Der Server versteht diese Anfrage nicht. Bitte prüfen Sie Adresse und Form.";
    }

    @Override
    default String brokenTitle() {
        return "Hier ist etwas kaputtgegangen";
    }

    @Override
    default String broken() {
        return "An Ihnen lag es nicht. Bitte versuchen Sie es gleich noch einmal; bleibt es dabei, so nennen Sie dem Betreiber den Zeitpunkt.";
    }

    @Override
    default String notFoundTitle() {
        return "Unter dieser Adresse steht nichts";
    }

    @Override
    default String notFound() {
        return "Die Seite, Aussage oder Datei, die diese Adresse nennt, gibt es hier nicht. Zurückgezogene Aussagen behalten ihre Zeile im Verlauf der Seite.";
    }

    @Override
    default String notFoundWhatNow() {
        return "Prüfen Sie die Adresse, oder beginnen Sie bei";
    }

    @Override
    default String toFirstPage() {
        return "der Sicherheitsseite";
    }

    @Override
    default String markOpened() {
        return "Der Nachweis dieser Aussage";
    }
}
