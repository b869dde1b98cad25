package dev.averment.checks.forgedcontext;

import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.postgres.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every attempt must have been made and refused. */
final class ForgedContextJudge implements Judge {

    /** The attempts that must be there, beside one a table that holds a key. */
    static final List<String> ATTEMPTS = List.of(
            Forgeries.PLAIN,
            Forgeries.OWN_SEAL,
            Forgeries.ALTERED,
            Forgeries.REPLAYED,
            Forgeries.EARLIER,
            Forgeries.OVERRIDDEN,
            Forgeries.LEFT_OVER);

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        List<String> missing = new ArrayList<>(ATTEMPTS);
        List<String> notMade = new ArrayList<>();
        for (Subject attempt : facts.subjects()) {
            missing.remove(attempt.name());
            if (!Seen.is(attempt, "made")) {
                notMade.add(attempt.name());
            } else if (!Seen.is(attempt, "refused")
                    || Seen.number(attempt.facts(), "rows").orElse(1) != 0) {
                return Judgement.failing("Not refused: " + attempt.name() + " ("
                        + Seen.count(Seen.number(attempt.facts(), "rows").orElse(0), "row")
                        + " of the workspace seen).");
            }
        }
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No attempt on the context was made.");
        }
        notMade.addAll(missing);
        if (!notMade.isEmpty()) {
            return Judgement.unproven("Not tried: " + Seen.some(notMade)
                    + "; the target must give the application's pool (add postgres.pool to a target file) and let every"
                    + " attempt be made.");
        }
        return Judgement.proven(
                Seen.count(facts.subjects().size(), "attempt") + " to get into another workspace, all refused.");
    }
}
