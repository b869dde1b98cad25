package dev.averment.checks.pathtraversal;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** No spelling of any path got through, and at least one of the paths could be read when it was written plainly. */
final class PathTraversalJudge implements Judge {
    /** A corpus that shrank would prove less, and say so in no other way. */
    private static final long LEAST = 100;

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No path was tried.");
        }
        List<String> unread = new ArrayList<>();
        long all = 0;
        for (Subject family : facts.subjects()) {
            long tried = FactReader.number(family.facts(), "tried", -1);
            long refused = FactReader.number(family.facts(), "refused", -1);
            if (refused < 0 || tried < LEAST || refused > tried) {
                return Judgement.unproven("How many spellings of a path under " + family.name()
                        + " were refused is not among the facts.");
            }
            if (refused < tried) {
                List<String> let = FactReader.texts(family.facts(), "let");
                return Judgement.failing((tried - refused) + " of " + tried + " hostile spellings of "
                        + FactReader.text(family.facts(), "path") + " were not refused"
                        + (let.isEmpty() ? "." : ": " + String.join(", ", let) + "."));
            }
            long plainly = FactReader.number(family.facts(), "plainly", 0);
            if (plainly < 200 || plainly >= 300) {
                unread.add(family.name());
            }
            all += tried;
        }
        if (unread.size() == facts.subjects().size()) {
            return Judgement.unproven("None of the paths could be read when it was written plainly, so that their other"
                    + " spellings were refused says nothing.");
        }
        return Judgement.proven("All " + all + " hostile spellings of "
                + facts.subjects().size()
                + " paths were refused"
                + (unread.isEmpty()
                        ? "; written plainly, each of them is answered."
                        : "; written plainly, all but those under " + String.join(", ", unread) + " are answered."));
    }
}
