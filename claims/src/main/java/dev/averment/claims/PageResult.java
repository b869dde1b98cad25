package dev.averment.claims;

import dev.averment.claims.file.PageProblem;
import dev.averment.claims.file.Places;
import java.util.List;
import java.util.Optional;

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
     * @param checks   those that could be read all the same: whoever knows the check types finds the rest at once
     * @param places   where each part stands in the file
     */
    record Refused(List<PageProblem> problems, List<ReadCheck> checks, Places places) implements PageResult {
        public Refused {
            problems = List.copyOf(problems);
            checks = List.copyOf(checks);
        }
    }

    /**
     * A check of a file that is no page.
     *
     * @param claim index of its claim in the file
     * @param check index of the check in its claim
     * @param owner its claim as messages name it: “the claim backup-restore”
     * @param type  as it is written, in kebab-case
     * @param whole the check, when the file says nothing wrong about it
     */
    record ReadCheck(int claim, int check, String owner, String type, Optional<CheckBinding> whole) {}
}
