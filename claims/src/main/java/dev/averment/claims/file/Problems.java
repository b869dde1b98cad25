package dev.averment.claims.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the problems of one file, so that an author sees all of them at once. Bounded: a hostile file can't fill the heap. */
public final class Problems {
    /** Nobody reads more than this in one sitting; what lies behind shows up at the next try. */
    public static final int MOST = 200;

    private static final int LONGEST_QUOTE = 80;

    private final String file;
    private final List<PageProblem> found = new ArrayList<>();

    public Problems(String file) {
        this.file = file;
    }

    public void add(Place at, String what, String why, String remedy) {
        if (found.size() < MOST) {
            found.add(new PageProblem(file, at.line(), at.column(), what, why, remedy));
        }
    }

    public int count() {
        return found.size();
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    public List<PageProblem> list() {
        return found.stream()
                .sorted(Comparator.comparingInt(PageProblem::line).thenComparingInt(PageProblem::column))
                .toList();
    }

    /**
     * The file's own words between quotes, on one line and of bounded length: a message goes to terminals and pages, and
     * must not carry control characters there.
     */
    public static String quote(String words) {
        StringBuilder out = new StringBuilder("“");
        words.codePoints()
                .limit(LONGEST_QUOTE)
                .forEach(c -> out.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c));
        return out.append(words.codePointCount(0, words.length()) > LONGEST_QUOTE ? "…”" : "”")
                .toString();
    }
}
