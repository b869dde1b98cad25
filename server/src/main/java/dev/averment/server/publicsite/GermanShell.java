package dev.averment.server.publicsite;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/** What stands around every document, in German. */
interface GermanShell extends ShellWords {

    @Override
    default String skip() {
        return "Zum Text springen";
    }

    @Override
    default String securityPage() {
        return "Sicherheitsseite";
    }

    @Override
    default String asOf(LocalDate date) {
        return "Stand: " + day(date);
    }

    @Override
    default String revision(int number) {
        return "Fassung " + number;
    }

    @Override
    default String authoritative() {
        return "Die maßgebliche Fassung; andere sind Übersetzungen";
    }

    @Override
    default String translationOf(String language) {
        return "Übersetzung; maßgeblich ist der Text auf " + languageName(language);
    }

    @Override
    default String languageName(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.GERMANY);
    }

    @Override
    default String language() {
        return "Sprache";
    }

    @Override
    default String contents() {
        return "Inhalt";
    }

    @Override
    default String whatDoesNotHold() {
        return "Was nicht gilt";
    }

    @Override
    default String sections() {
        return "Aussagen";
    }

    @Override
    default String controls() {
        return "Kontrollen";
    }

    @Override
    default String history() {
        return "Verlauf";
    }

    @Override
    default String documents() {
        return "Dokumente";
    }

    @Override
    default String subProcessors() {
        return "Unterauftragsverarbeiter";
    }

    @Override
    default String packet() {
        return "Nachweispaket";
    }

    @Override
    default String packetMeans() {
        return "Alles auf dieser Seite mit seinen Nachweisen, ohne Netz zu prüfen.";
    }

    @Override
    default String feed() {
        return "Feed";
    }

    @Override
    default String json() {
        return "JSON";
    }

    @Override
    default String badge() {
        return "Plakette";
    }

    @Override
    default String styleguide() {
        return "Was die Zeichen bedeuten";
    }

    @Override
    default String backTo(String title) {
        return title;
    }

    @Override
    default String footer() {
        return "Jeder Satz ist an eine Prüfung am laufenden System gebunden. Ändert sich die Wirklichkeit, ändert sich das Zeichen daneben.";
    }

    @Override
    default String renderedAt(Instant at) {
        return "Stand: " + instant(at);
    }

    @Override
    default String tallyCaption() {
        return "Aussagen nach Befund";
    }

    @Override
    default String signIn() {
        return "Anmelden";
    }
}
