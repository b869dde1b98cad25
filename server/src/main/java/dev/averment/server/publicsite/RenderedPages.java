package dev.averment.server.publicsite;

import dev.averment.server.claims.PageState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Documents rendered ahead of the readers: one rendering a document, language and state, however many ask.
 *
 * <p>A document is rendered again when its page's state changed, or when it is {@value #SECONDS} seconds old, because
 * ages move on their own. While one thread renders, the others get the bytes before, unless the state changed: nobody
 * is shown a verdict that no longer stands.
 */
@Component
class RenderedPages {

    static final int SECONDS = 5;

    /** Keys are made of ids that exist, but pages come and go: past this many all of them are rendered anew. */
    private static final int MOST = 5_000;

    private final InstantSource clock;
    private final ConcurrentMap<Key, Slot> slots = new ConcurrentHashMap<>();

    RenderedPages(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * @param document which of the page's documents, such as {@code claims/backup-restore}; must exist
     * @param chosen   whether the reader chose the language by hand, which shows in the links
     */
    record Key(String page, String document, SiteLanguage language, boolean chosen) {}

    /** The document's bytes, no older than {@value #SECONDS} seconds and never of another state. */
    Body get(Key key, PageState state, Function<Instant, Body> render) {
        if (slots.size() >= MOST) {
            slots.clear();
        }
        return slots.computeIfAbsent(key, k -> new Slot()).get(state, render);
    }

    private final class Slot {
        private final ReentrantLock rendering = new ReentrantLock();
        private volatile @Nullable Rendered last;

        Body get(PageState state, Function<Instant, Body> render) {
            Rendered seen = last;
            if (seen != null && seen.of(state)) {
                if (seen.fresh()) {
                    return seen.body();
                }
                if (!rendering.tryLock()) {
                    return seen.body();
                }
            } else {
                rendering.lock();
            }
            try {
                Rendered again = last;
                if (again != null && again.of(state) && again.fresh()) {
                    return again.body();
                }
                Instant now = clock.instant();
                Body body = render.apply(now);
                last = new Rendered(state, now, body);
                return body;
            } finally {
                rendering.unlock();
            }
        }
    }

    private final class Rendered {
        private final PageState state;
        private final Instant at;
        private final Body body;

        Rendered(PageState state, Instant at, Body body) {
            this.state = state;
            this.at = at;
            this.body = body;
        }

        Body body() {
            return body;
        }

        /** The same object, or one that says the same: a state may be made anew without anything having changed. */
        boolean of(PageState other) {
            return state == other
                    || (state.revision() == other.revision()
                            && state.workspace().equals(other.workspace())
                            && state.claims().equals(other.claims()));
        }

        boolean fresh() {
            Instant now = clock.instant();
            return !now.isBefore(at) && Duration.between(at, now).toSeconds() < SECONDS;
        }
    }
}
