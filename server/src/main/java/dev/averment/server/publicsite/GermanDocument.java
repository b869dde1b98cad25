package dev.averment.server.publicsite;

import java.time.Instant;

/** The documents beside a page: matrix, sub-processors, history, in German. */
interface GermanDocument extends DocumentWords {

    @Override
    default String controlsMean() {
        return "Jede Aussage der Seite, die Kontrollen, auf die sie sich bezieht, und ihr Nachweis in diesem Augenblick.";
    }

    @Override
    default String control() {
        return "Kontrolle";
    }

    @Override
    default String posture() {
        return "Aussage";
    }

    @Override
    default String proof() {
        return "Nachweis";
    }

    @Override
    default String unmapped() {
        return "keine genannt";
    }

    @Override
    default String subProcessorsMean() {
        return "Unternehmen, die in unserem Auftrag personenbezogene Daten verarbeiten: wo, wozu und mit welcher Garantie für die Übermittlung.";
    }

    @Override
    default String noSubProcessors() {
        return "Im Register steht kein Unterauftragsverarbeiter.";
    }

    @Override
    default String name() {
        return "Name";
    }

    @Override
    default String location() {
        return "Ort";
    }

    @Override
    default String purpose() {
        return "Zweck";
    }

    @Override
    default String safeguard() {
        return "Garantie";
    }

    @Override
    default String missing() {
        return "nicht angegeben";
    }

    @Override
    default String historyMeans() {
        return "Jeder Wortlaut, der je galt, der neueste zuerst, mit dem, was sich geändert hat.";
    }

    @Override
    default String inForceSince(Instant since) {
        return "in Kraft seit " + instant(since);
    }

    @Override
    default String file() {
        return "die Datei, wie sie war";
    }

    @Override
    default String firstRevision() {
        return "Die erste Fassung.";
    }

    @Override
    default String unchangedRevision() {
        return "Keine veröffentlichte Aussage hat sich geändert.";
    }

    @Override
    default String change(String kind) {
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
    default String permanent() {
        return "Gelockert und zurückgezogen";
    }

    @Override
    default String permanentMeans() {
        return "Ein Versprechen, das gelockert oder zurückgezogen wurde, behält hier für immer seine Zeile.";
    }
}
