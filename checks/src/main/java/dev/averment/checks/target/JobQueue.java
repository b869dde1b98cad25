package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.Target;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The queue in which the target keeps its jobs, for checks that put jobs of their own into it and kill workers. */
public interface JobQueue extends Target.Facility {

    /**
     * Begins a batch of jobs that concern nobody, and are gone with all they left when it is closed.
     *
     * @param clock says when jobs are due
     */
    Batch batch(InstantSource clock) throws CollectException;

    /** Jobs of one look, numbered from 1. What a job does is to write its number down, in the transaction that ends it. */
    interface Batch extends AutoCloseable {
        /** Puts so many more jobs into the queue; the target's own workers may take them at once. */
        void put(int count) throws CollectException;

        /** So many workers, each in a process of its own, which take jobs by the target's own code, of checks and no others. */
        List<Worker> workers(int count) throws CollectException;

        Standing standing() throws CollectException;

        @Override
        void close();
    }

    /** A worker that takes no step without being told, but keeps the leases of what it has taken. */
    interface Worker extends AutoCloseable {
        /** As the queue names it. */
        String id();

        /** Takes up to so many jobs that wait; gives the numbers of those that it got. */
        Set<Integer> take(int most) throws CollectException;

        /** Has it begin to do what it has taken, one after another. */
        void begin() throws CollectException;

        /**
         * Waits until it has done what it has taken.
         *
         * @return false when it was itself too slow to keep its leases
         */
        boolean finish() throws CollectException;

        /** Kills its process with no chance to say anything, and waits until it is gone. */
        void kill() throws CollectException;

        @Override
        void close();
    }

    /**
     * One try that ended.
     *
     * @param job     its number
     * @param worker  who tried
     * @param outcome {@code done}, {@code lost} when the worker went away, or another
     */
    record Try(int job, String worker, String outcome) {}

    /**
     * How the batch stands.
     *
     * @param put     how many were put
     * @param open    numbers of those that wait or run
     * @param dead    numbers of those that will not be tried again
     * @param effects how often each number was written down
     * @param tries   in the order in which they ended
     */
    record Standing(int put, Set<Integer> open, Set<Integer> dead, Map<Integer, Integer> effects, List<Try> tries) {
        public Standing {
            open = Set.copyOf(open);
            dead = Set.copyOf(dead);
            effects = Map.copyOf(effects);
            tries = List.copyOf(tries);
        }
    }
}
