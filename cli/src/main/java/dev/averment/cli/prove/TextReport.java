package dev.averment.cli.prove;

import dev.averment.checks.prove.PageProof;
import dev.averment.checks.prove.PageProof.ClaimProof;
import dev.averment.claims.Verdict;
import dev.averment.claims.Wording;
import dev.averment.cli.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** For people: an aligned line a claim, and a last line that can be pasted into a ticket. */
final class TextReport implements ProofReport {
    private static final int WORD = 8;
    private static final int LONGEST_ID = 32;
    private static final int LEAST_SENTENCE = 24;
    private static final int MOST_SENTENCE = 60;

    /** Room that the age of a claim that holds needs. */
    private static final int AGE = 12;

    private final Terminal terminal;

    TextReport(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void write(PageFile file, PageProof proof, PrintStream out) {
        Wording wording = Wording.of(proof.page());
        int ids = Math.min(
                LONGEST_ID,
                proof.claims().stream()
                        .mapToInt(claim -> claim.claim().id().length())
                        .max()
                        .orElse(0));
        int sentences =
                Math.clamp(terminal.columns() - (2 + WORD + 2 + ids + 2 + 2 + AGE), LEAST_SENTENCE, MOST_SENTENCE);
        for (ClaimProof claim : proof.claims()) {
            String sentence = wording.sentence(claim.claim(), proof.page().authoritative());
            out.println(Marks.coloured(
                            claim.verdict(),
                            Marks.mark(claim.verdict()) + " "
                                    + pad(claim.verdict().word(), WORD),
                            terminal.colour())
                    + "  " + pad(claim.claim().id(), ids)
                    + "  " + pad(shortened(sentence, sentences), sentences)
                    + "  " + tail(claim, proof.at()));
        }
        out.println(lastLine(proof));
    }

    /** Counts, page, revision, time, exit: what a ticket needs, on one line. */
    static String lastLine(PageProof proof) {
        List<String> counts = new ArrayList<>();
        for (Verdict verdict : Verdict.values()) {
            String count = proof.summary().getOrDefault(verdict, 0) + " " + verdict.word();
            counts.add(
                    verdict == Verdict.UNPROVEN && proof.waiting() > 0
                            ? count + " (" + proof.waiting() + " of the claims "
                                    + (proof.waiting() == 1 ? "waits" : "wait")
                                    + " for a check type not built yet)"
                            : count);
        }
        return String.join(", ", counts) + " · page " + proof.page().id() + " sha256:"
                + proof.revision().substring(0, 12) + " · " + proof.target() + " · "
                + proof.at().truncatedTo(ChronoUnit.SECONDS) + " · exit " + ProofReport.exit(proof);
    }

    private static String tail(ClaimProof claim, Instant now) {
        boolean plain = claim.verdict() == Verdict.PROVEN || claim.verdict() == Verdict.ATTESTED;
        return plain ? claim.observedAt().map(at -> age(at, now)).orElse("") : Terminal.oneLine(claim.reason());
    }

    /** How long ago, in the largest unit that fits. */
    static String age(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        if (age.toSeconds() < 1) {
            return "now";
        }
        if (age.toMinutes() < 1) {
            return age.toSeconds() + " s ago";
        }
        if (age.toHours() < 1) {
            return age.toMinutes() + " min ago";
        }
        return age.toDays() < 2 ? age.toHours() + " h ago" : age.toDays() + " d ago";
    }

    /** At most {@code columns} characters, cut at a word where there is one. */
    static String shortened(String text, int columns) {
        String line = Terminal.oneLine(text).replaceAll("\\s+", " ");
        if (line.length() <= columns) {
            return line;
        }
        int end = line.lastIndexOf(' ', columns - 1);
        if (end < columns / 2) {
            end = columns - 1;
        }
        return line.substring(0, end).replaceAll("[\\s,;:.]+$", "") + "…";
    }

    private static String pad(String text, int columns) {
        return text.length() >= columns ? text : text + " ".repeat(columns - text.length());
    }
}
