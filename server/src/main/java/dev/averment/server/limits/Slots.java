package dev.averment.server.limits;

import java.util.Optional;

/** Counts what somebody has open at once, for one server or for all that share the counters. */
public interface Slots {

    /** A place that is taken. Whoever takes it gives it back, whatever happens. */
    interface Slot extends AutoCloseable {
        /** Says that it is still used; a place that nobody says this of for a minute may be given to others. */
        void renew();

        /** Gives it back; more than once is once. */
        @Override
        void close();
    }

    /**
     * Takes one of {@code most} places.
     *
     * @param key whose; kept only as a digest
     * @return empty when all are taken
     */
    Optional<Slot> take(String key, int most);
}
