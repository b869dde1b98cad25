package dev.averment.sabotage;

import dev.averment.claims.Verdict;
import java.util.List;

/**
 * Runs without any fault: whatever turns red in them is a false alarm.
 *
 * @param runs   how many were made
 * @param checks how many checks each looked with
 * @param alarms checks that held in one run and not in another
 * @param never  checks that held in none, and so can't raise a false alarm
 */
public record CalmReport(int runs, int checks, List<Alarm> alarms, List<Alarm> never) {
    public CalmReport {
        alarms = List.copyOf(alarms);
        never = List.copyOf(never);
    }

    /**
     * A check that was red in a run without a fault.
     *
     * @param run counted from 1
     */
    public record Alarm(Bound bound, int run, Verdict verdict, String reason) {}
}
