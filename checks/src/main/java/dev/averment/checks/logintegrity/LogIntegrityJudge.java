package dev.averment.checks.logintegrity;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Signed, the root comes out, every entry hashes to it, and every attempt to alter was refused. */
final class LogIntegrityJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        List<Subject> checkpoints = ofKind(facts, "checkpoint");
        if (checkpoints.isEmpty()) {
            return Judgement.unproven("No checkpoint was read.");
        }
        for (Subject checkpoint : checkpoints) {
            if (!FactReader.is(checkpoint.facts(), "signed")) {
                return Judgement.failing("The checkpoint does not open with the log's key: "
                        + FactReader.text(checkpoint.facts(), "defect") + ".");
            }
        }
        for (Subject tiles : ofKind(facts, "tiles")) {
            if (!FactReader.is(tiles.facts(), "rootMatches")) {
                String defect = FactReader.text(tiles.facts(), "defect");
                return Judgement.failing(
                        "The tiles do not come to the signed root" + (defect.isEmpty() ? "" : ": " + defect) + ".");
            }
        }
        for (Subject entries : ofKind(facts, "entries")) {
            if (FactReader.number(entries.facts(), "alteredCount", 0) > 0) {
                return Judgement.failing(
                        "Entry " + first(entries, "altered") + " was altered: it does not hash to the signed root.");
            }
            if (FactReader.number(entries.facts(), "missingCount", 0) > 0) {
                return Judgement.failing("Entry " + first(entries, "missing") + " is missing from the store.");
            }
        }
        for (Subject attempt : ofKind(facts, "attempt")) {
            if (!FactReader.is(attempt.facts(), "refused")) {
                return Judgement.failing(attempt.name() + " was not refused to the application's role.");
            }
        }
        Judgement behind = StoreJudge.judge(facts);
        if (behind != null) {
            return behind;
        }
        long hashed = ofKind(facts, "entries").stream()
                .mapToLong(entries -> FactReader.number(entries.facts(), "hashed", 0))
                .sum();
        if (ofKind(facts, "tiles").isEmpty() || hashed == 0) {
            return Judgement.unproven(
                    "No stored entry was hashed: the log is empty, or the target does not give its entries (add"
                            + " log.entries to a target file).");
        }
        int attempts = ofKind(facts, "attempt").size();
        if (attempts == 0) {
            return Judgement.unproven("Nothing tried to alter the log: the target names no append-only table (add"
                    + " postgres.allow.appendOnlyTables to a target file).");
        }
        return Judgement.proven("At size "
                + FactReader.number(checkpoints.getFirst().facts(), "size", 0)
                + " the tiles come to the signed root, " + hashed + " stored entries hash to it, and " + attempts
                + " attempts to alter the log were refused." + StoreJudge.told(facts));
    }

    private static String first(Subject entries, String which) {
        List<String> sequences = FactReader.texts(entries.facts(), which);
        return sequences.isEmpty() ? "?" : sequences.getFirst();
    }

    static List<Subject> ofKind(Facts facts, String kind) {
        return facts.subjects().stream()
                .filter(subject -> FactReader.text(subject.facts(), "kind").equals(kind))
                .toList();
    }
}
