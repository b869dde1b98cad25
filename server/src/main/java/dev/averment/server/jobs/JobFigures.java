package dev.averment.server.jobs;

import java.time.Duration;

/**
 * How the jobs of all workspaces stand; counts end at {@link #MOST}.
 *
 * @param ready     could run now
 * @param oldest    how long the oldest of them has been due; zero when there is none
 * @param running   in the hands of a worker
 * @param scheduled for later, those included that are tried again
 * @param dead      will not be tried again unless somebody replays them
 */
public record JobFigures(int ready, Duration oldest, int running, int scheduled, int dead) {
    public static final int MOST = 100_000;
}
