package dev.averment.server.limits;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Places of one process: gone with it, and never given away while they are held. */
public final class LocalSlots implements Slots {
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    @Override
    public Optional<Slot> take(String key, int most) {
        String whose = LocalLimits.digest(key);
        var got = new AtomicBoolean();
        taken.compute(whose, (_, now) -> {
            int count = now == null ? 0 : now;
            got.set(room(count, most));
            return got.get() ? Integer.valueOf(count + 1) : now;
        });
        return got.get() ? Optional.of(new Held(whose)) : Optional.empty();
    }

    private static boolean room(int taken, int most) {
        return taken < most;
    }

    /** How many are taken by everybody. */
    int taken() {
        return taken.values().stream().mapToInt(Objects::requireNonNull).sum();
    }

    private final class Held implements Slot {
        private final String whose;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Held(String whose) {
            this.whose = whose;
        }

        @Override
        public void renew() {
            // Held by being here.
        }

        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                taken.computeIfPresent(whose, (_, now) -> now > 1 ? now - 1 : null);
            }
        }
    }
}
