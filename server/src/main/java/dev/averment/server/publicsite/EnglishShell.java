package dev.averment.server.publicsite;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;

/** What stands around every document, in English. */
interface EnglishShell extends ShellWords {

    @Override
    default String skip() {
        return "Skip to the text";
    }

    @Override
    default String securityPage() {
        return "Security page";
    }

    @Override
    default String asOf(LocalDate date) {
        return "As of " + day(date);
    }

    @Override
    default String revision(int number) {
        return "Revision " + number;
    }

    @Override
    default String authoritative() {
        return "The wording that counts; others are translations";
    }

    @Override
    default String translationOf(String language) {
        return "Translation; the " + languageName(language) + " text is authoritative";
    }

    @Override
    default String languageName(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.UK);
    }

    @Override
    default String language() {
        return "Language";
    }

    @Override
    default String contents() {
        return "Contents";
    }

    @Override
    default String whatDoesNotHold() {
        return "What does not hold";
    }

    @Override
    default String sections() {
        return "Statements";
    }

    @Override
    default String controls() {
        return "Controls";
    }

    @Override
    default String history() {
        return "History";
    }

    @Override
    default String documents() {
        return "Documents";
    }

    @Override
    default String subProcessors() {
        return "Sub-processors";
    }

    @Override
    default String packet() {
        return "Evidence packet";
    }

    @Override
    default String packetMeans() {
        return "Everything on this page with its evidence, to verify offline.";
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
        return "Badge";
    }

    @Override
    default String styleguide() {
        return "What the marks mean";
    }

    @Override
    default String backTo(String title) {
        return title;
    }

    @Override
    default String footer() {
        return "Each sentence is bound to a check that runs against the live system. When reality changes, so does the mark beside it.";
    }

    @Override
    default String renderedAt(Instant at) {
        return "As it stood on " + instant(at);
    }

    @Override
    default String tallyCaption() {
        return "Statements by verdict";
    }

    @Override
    default String signIn() {
        return "Sign in";
    }
}
