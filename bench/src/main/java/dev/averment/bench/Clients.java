package dev.averment.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many clients at once, each doing one thing after the other until the time is up. */
final class Clients {
    private Clients() {}

    /** One thing that a client does. */
    @FunctionalInterface
    interface Act {
        /** @param client number of the client, from 0 */
        void once(int client) throws Exception;
    }

    /**
     * What a round came to.
     *
     * @param seconds from the first act's start to the last one's end
     */
    record Round(long acts, double seconds) {
        double perSecond() {
            return acts / seconds;
        }
    }

    /** Runs {@code clients} virtual threads for {@code time}; the first failure of any of them fails the round. */
    static Round run(int clients, Duration time, Act act) throws Exception {
        long began = System.nanoTime();
        long end = began + time.toNanos();
        var running = new ArrayList<Future<Long>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < clients; i++) {
                int client = i;
                running.add(threads.submit(() -> {
                    long done = 0;
                    while (System.nanoTime() - end < 0) {
                        act.once(client);
                        done++;
                    }
                    return done;
                }));
            }
        }
        return new Round(sum(running), (System.nanoTime() - began) / 1e9);
    }

    private static long sum(List<Future<Long>> running) throws Exception {
        long acts = 0;
        for (Future<Long> client : running) {
            try {
                acts += client.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw e;
            }
        }
        return acts;
    }
}
