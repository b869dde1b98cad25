package dev.averment.server.clocks;

/**
 * How often a promise was kept. What is overdue and still running counts as missed.
 *
 * @param withdrawn counted neither way
 * @param running   within their terms
 */
public record Attainment(String rule, long met, long missed, long withdrawn, long running) {

    /** Hundredths of a percent of those that are over; 10,000 when none is. */
    public long basisPoints() {
        return met + missed == 0 ? 10_000 : met * 10_000 / (met + missed);
    }
}
