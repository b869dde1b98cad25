package dev.averment.claims;

import dev.averment.claims.file.PageProblem;
import dev.averment.claims.file.Places;
import java.util.List;

/** What became of a page file. */
public sealed interface PageResult {

    /**
     * A page that keeps every rule of its file.
     *
     * @param warnings what deserves a look and refuses nothing
     * @param places   where each part stands in the file, for later findings
     */
    record Parsed(Page page, List<PageProblem> warnings, Places places) implements PageResult {
        public Parsed {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * A file that is no page.
     *
     * @param problems at least one, in the order of the file; all that could be found, not just the first
     */
    record Refused(List<PageProblem> problems) implements PageResult {
        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
