package dev.averment.server.publicsite;

import java.time.Instant;

/** The documents beside a page: matrix, sub-processors, history, in English. */
interface EnglishDocument extends DocumentWords {

    @Override
    default String controlsMean() {
        return "Every statement of the page, the controls that it speaks to, and its proof at this moment.";
    }

    @Override
    default String control() {
        return "Control";
    }

    @Override
    default String posture() {
        return "Posture";
    }

    @Override
    default String proof() {
        return "Proof";
    }

    @Override
    default String unmapped() {
        return "none named";
    }

    @Override
    default String subProcessorsMean() {
        return "Companies that process personal data on our behalf, where, what for, and what protects the transfer.";
    }

    @Override
    default String noSubProcessors() {
        return "No sub-processor is entered in the register.";
    }

    @Override
    default String name() {
        return "Name";
    }

    @Override
    default String location() {
        return "Location";
    }

    @Override
    default String purpose() {
        return "Purpose";
    }

    @Override
    default String safeguard() {
        return "Safeguard";
    }

    @Override
    default String missing() {
        return "not stated";
    }

    @Override
    default String historyMeans() {
        return "Every wording that was ever in force, newest first, with what changed.";
    }

    @Override
    default String inForceSince(Instant since) {
        return "in force since " + instant(since);
    }

    @Override
    default String file() {
        return "the file as it was";
    }

    @Override
    default String firstRevision() {
        return "The first revision.";
    }

    @Override
    default String unchangedRevision() {
        return "No published claim changed.";
    }

    @Override
    default String change(String kind) {
        return kind;
    }

    @Override
    default String permanent() {
        return "Loosened and withdrawn";
    }

    @Override
    default String permanentMeans() {
        return "A promise that was loosened or withdrawn leaves its line here for good.";
    }
}
