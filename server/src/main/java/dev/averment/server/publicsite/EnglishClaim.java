package dev.averment.server.publicsite;

import java.time.Duration;
import java.time.Instant;

/** A claim with its checks, facts and history, in English. */
interface EnglishClaim extends ClaimWords {

    @Override
    default String answers(String owner) {
        return "Owner: " + owner;
    }

    @Override
    default String owner() {
        return "Owner";
    }

    @Override
    default String openFacts() {
        return "show the facts";
    }

    @Override
    default String allEvidence() {
        return "All the evidence";
    }

    @Override
    default String reason() {
        return "Reason";
    }

    @Override
    default String since() {
        return "since";
    }

    @Override
    default String observed() {
        return "Observed";
    }

    @Override
    default String received() {
        return "received";
    }

    @Override
    default String looksAt() {
        return "Looks at";
    }

    @Override
    default String blindSpots() {
        return "What this does not show";
    }

    @Override
    default String parameters() {
        return "What it is told to look at";
    }

    @Override
    default String parameter() {
        return "Parameter";
    }

    @Override
    default String value() {
        return "Value";
    }

    @Override
    default String noParameters() {
        return "No parameters.";
    }

    @Override
    default String expectation() {
        return "What it expects";
    }

    @Override
    default String schedule(Duration every, Duration valid) {
        return "Runs every " + lasting(every) + "; an observation counts for " + lasting(valid) + ".";
    }

    @Override
    default String subjects(int count) {
        return count == 1 ? "1 subject" : count + " subjects";
    }

    @Override
    default String neverObserved() {
        return "This check has not reported yet. Until it does, nothing is claimed on its account.";
    }

    @Override
    default String facts() {
        return "The facts";
    }

    @Override
    default String logEntry() {
        return "The log entry";
    }

    @Override
    default String logEntryMeans() {
        return "The exact bytes that were written to the evidence log, and the proof that they are in it.";
    }

    @Override
    default String leaf() {
        return "Entry";
    }

    @Override
    default String place() {
        return "Place in the log";
    }

    @Override
    default String sequenced() {
        return "sequenced, not yet integrated";
    }

    @Override
    default String integrated(long seq) {
        return "integrated at " + seq;
    }

    @Override
    default String downloadLeaf() {
        return "Download the entry";
    }

    @Override
    default String downloadProof() {
        return "Download its proof";
    }

    @Override
    default String proofLater() {
        return "Its proof follows once the entry is integrated.";
    }

    @Override
    default String check() {
        return "Check";
    }

    @Override
    default String checks(int count) {
        return count == 1 ? "The check" : "The " + EnglishFigures.spelled(count) + " checks";
    }

    @Override
    default String exemptUntil(Instant until, String by) {
        return "Waived until " + day(until) + " by " + by + ":";
    }

    @Override
    default String mapsTo() {
        return "Speaks to";
    }

    @Override
    default String otherLanguages() {
        return "In other languages";
    }

    @Override
    default String verdictHistory() {
        return "History of verdicts";
    }

    @Override
    default String verdictHistoryMeans(int days) {
        return "The last " + days + " days, in UTC.";
    }

    @Override
    default String now() {
        return "now";
    }

    @Override
    default String from() {
        return "From";
    }

    @Override
    default String to() {
        return "To";
    }

    @Override
    default String length() {
        return "Length";
    }

    @Override
    default String asTable() {
        return "The same as a table";
    }

    @Override
    default String noHistory() {
        return "No verdict has been recorded yet.";
    }

    @Override
    default String neverFailed() {
        return "No failing verdict is recorded in this time.";
    }
}
