package dev.averment.server.stream;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order in which events are told: by the transaction that wrote them, and within it by their numbers. What is
 * told is only what transactions wrote that are all over, so nothing is ever put in before a place that was passed.
 *
 * @param second seconds since 1970 when the event was made, by which a reader who comes back is told whether all is still
 *               there that came later
 */
record Position(long xid, long event, long second) implements Comparable<Position> {
    private static final Pattern TEXT = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})-([0-9]{1,12})");
    private static final Comparator<Position> ORDER =
            Comparator.comparingLong(Position::xid).thenComparingLong(Position::event);

    /** Behind everything that transactions before {@code xid} wrote. */
    static Position before(long xid, long second) {
        return new Position(xid - 1, 999_999_999_999_999_999L, second);
    }

    /** Reads what {@link #toString} wrote; empty for anything else. */
    static Optional<Position> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Position(
                        Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    /** As the {@code id} of an event in a stream. */
    @Override
    public String toString() {
        return xid + "-" + event + "-" + second;
    }
}
