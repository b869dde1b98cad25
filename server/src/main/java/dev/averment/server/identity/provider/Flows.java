package dev.averment.server.identity.provider;

import dev.averment.server.identity.provider.Flow.Purpose;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Sign-ins that are under way: each is of one browser, is answered once, and is over after ten minutes. */
public final class Flows {
    public static final Duration LIFE = Duration.ofMinutes(10);

    private final FlowStore store = new FlowStore();
    private final InstantSource clock;

    public Flows(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Where a browser is sent, and what it is given to keep.
     *
     * @param cookie with which alone the way back is open; it may get into no log
     */
    public record Begun(URI location, String cookie, String sameSite) {
        @Override
        public String toString() {
            return "the way to a provider";
        }
    }

    /** What became of an answer's state: it is good, or why not, in one word. */
    public sealed interface Checked {
        record Good(Flow flow) implements Checked {}

        record Bad(String reason) implements Checked {}
    }

    public void keep(
            JdbcClient jdbc,
            FlowSecrets secrets,
            String provider,
            Purpose purpose,
            @Nullable UUID account,
            @Nullable UUID session,
            String target) {
        Instant now = clock.instant();
        store.insert(jdbc, secrets, provider, purpose, account, session, target, now, now.plus(LIFE));
    }

    /**
     * Looks whether an answer is the one that this browser waits for, and uses the state up. An answer at another provider's
     * address ends the flow: its code must go nowhere (mix-up, RFC 9700 §4.4). One from another browser changes nothing.
     */
    public Checked returned(JdbcClient jdbc, FlowSecrets secrets, String provider) {
        Optional<FlowStore.Found> found = store.lock(jdbc, secrets.stateHash());
        if (found.isEmpty()) {
            return new Checked.Bad("state");
        }
        FlowStore.Found row = found.get();
        if (!row.of(secrets.browserHash())) {
            return new Checked.Bad("browser");
        }
        if (row.returned()) {
            return new Checked.Bad("state-reused");
        }
        if (!row.flow().provider().equals(provider)) {
            store.delete(jdbc, secrets.stateHash());
            return new Checked.Bad("mix-up");
        }
        if (!clock.instant().isBefore(row.expires())) {
            store.delete(jdbc, secrets.stateHash());
            return new Checked.Bad("expired");
        }
        store.returned(jdbc, secrets.stateHash(), clock.instant());
        return new Checked.Good(row.flow());
    }

    /** Ends what is under way by a link: for its account, or as whoever it is at the provider. */
    public void forget(JdbcClient jdbc, Link link) {
        store.deleteBy(jdbc, link.id());
    }

    public void identified(JdbcClient jdbc, FlowSecrets secrets, ProviderIdentity who) {
        store.identified(jdbc, secrets.stateHash(), who);
    }

    /** Takes away the flow of a browser that came back; there is none a second time. */
    public Optional<Flow> take(JdbcClient jdbc, String cookie, String provider) {
        return FlowSecrets.wellFormed(cookie)
                ? store.take(jdbc, FlowSecrets.hash(cookie), provider, clock.instant())
                : Optional.empty();
    }
}
