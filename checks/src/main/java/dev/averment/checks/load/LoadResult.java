package dev.averment.checks.load;

import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.ClaimLint;
import dev.averment.claims.Page;
import dev.averment.claims.file.PageProblem;
import dev.averment.claims.file.Places;
import java.util.List;

/** What became of a page file and its checks. */
public sealed interface LoadResult {

    /**
     * A page that may be published.
     *
     * @param page     with every setting of the type that its check asks for (numbers as Long, switches as Boolean)
     * @param checks   in the order of the page
     * @param findings of the claim lint, none of which refuses the page
     * @param warnings what else deserves a look
     */
    record Loaded(
            Page page,
            List<BoundCheck> checks,
            List<ClaimLint.Finding> findings,
            List<PageProblem> warnings,
            Places places)
            implements LoadResult {
        public Loaded {
            checks = List.copyOf(checks);
            findings = List.copyOf(findings);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A page that must not be published.
     *
     * @param problems at least one, in the order of the file
     */
    record Refused(List<PageProblem> problems) implements LoadResult {
        public Refused {
            problems = List.copyOf(problems);
        }
    }

    /** A check of a claim and the type that runs it: {@link CheckTypes.Built} or {@link CheckTypes.Planned}. */
    record BoundCheck(Claim claim, CheckBinding binding, CheckTypes.Lookup type) {}
}
