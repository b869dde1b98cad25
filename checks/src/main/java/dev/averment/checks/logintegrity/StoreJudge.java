package dev.averment.checks.logintegrity;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges what {@link StoreLook} saw. A target that doesn't show what lies behind its log is not asked. */
final class StoreJudge {
    /** A leaf has its place within a second, unless something is wrong. */
    private static final long LONGEST_SECONDS = 60;

    private StoreJudge() {}

    /** What is wrong, if anything is. */
    static @Nullable Judgement judge(Facts facts) {
        for (Subject logs : LogIntegrityJudge.ofKind(facts, "logs")) {
            if (FactReader.number(logs.facts(), "defectCount", 0) > 0) {
                return Judgement.failing(
                        "A log behind the one that is served does not hold: " + first(logs, "defects") + ".");
            }
            if (FactReader.number(logs.facts(), "looked", 0) == 0) {
                return Judgement.unproven("None of the logs that lie behind was looked at.");
            }
        }
        for (Subject rows : LogIntegrityJudge.ofKind(facts, "rows")) {
            if (FactReader.number(rows.facts(), "differingCount", 0) > 0) {
                return Judgement.failing(
                        "The database says something else than the log: " + first(rows, "differing") + ".");
            }
        }
        for (Subject roles : LogIntegrityJudge.ofKind(facts, "roles")) {
            if (FactReader.number(roles.facts(), "tooManyCount", 0) > 0) {
                return Judgement.failing("A role of the server may alter the log: " + first(roles, "tooMany") + ".");
            }
        }
        for (Subject intake : LogIntegrityJudge.ofKind(facts, "intake")) {
            List<String> disabled = FactReader.texts(intake.facts(), "disabled");
            if (!disabled.isEmpty()) {
                return Judgement.failing("Leaves are not queued for the log: " + disabled.getFirst() + ".");
            }
            if (!FactReader.is(intake.facts(), "placed")) {
                return Judgement.failing("A leaf that was written for this look got no place in the log within "
                        + FactReader.number(intake.facts(), "waitedMillis", 0) / 1000 + " seconds.");
            }
            long oldest = FactReader.number(intake.facts(), "oldestSeconds", 0);
            if (oldest > LONGEST_SECONDS) {
                return Judgement.failing("A leaf has waited for its place in the log for " + oldest + " seconds.");
            }
        }
        return null;
    }

    /** What a proof rests on besides. */
    static String told(Facts facts) {
        return LogIntegrityJudge.ofKind(facts, "logs").stream()
                .findFirst()
                .map(logs -> " " + FactReader.number(logs.facts(), "looked", 0) + " of "
                        + FactReader.number(logs.facts(), "of", 0)
                        + " logs behind it hold, rows say what their entries say, and a new leaf got its place.")
                .orElse("");
    }

    private static String first(Subject subject, String which) {
        List<String> named = FactReader.texts(subject.facts(), which);
        return named.isEmpty() ? "?" : named.getFirst();
    }
}
