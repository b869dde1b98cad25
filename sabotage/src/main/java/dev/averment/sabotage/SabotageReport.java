package dev.averment.sabotage;

import dev.averment.sabotage.Trial.Outcome;
import java.util.List;

/**
 * A page's whole sabotage.
 *
 * @param trials  in the order of the page's claims
 * @param waiting checks whose type is not built yet, or for which no fault is known
 */
public record SabotageReport(List<Trial> trials, List<Waiting> waiting) {
    public SabotageReport {
        trials = List.copyOf(trials);
        waiting = List.copyOf(waiting);
    }

    /**
     * A check that was not tried.
     *
     * @param built true when the check type exists and only the fault is missing
     */
    public record Waiting(Bound bound, boolean built, String reason) {}

    public long count(Outcome outcome) {
        return trials.stream().filter(t -> t.outcome() == outcome).count();
    }

    /** True when a check was blind, or stayed red without cause. */
    public boolean refuted() {
        return count(Outcome.MISSED) + count(Outcome.NOT_RECOVERED) > 0;
    }

    /** True when every fault was caught, and there was one for every check that is built. */
    public boolean complete() {
        return !trials.isEmpty()
                && count(Outcome.CAUGHT) == trials.size()
                && waiting.stream().noneMatch(Waiting::built);
    }
}
