package dev.averment.server.monitoring;

import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import dev.averment.server.monitoring.ingest.IngestTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes and ends what lets pings in: tokens of a monitor, and keys of a workspace for pings by slug. */
public final class IngestSecrets {
    /** Tokens of a monitor that are kept at once, ended ones among them. */
    static final int TOKENS = 20;

    static final int KEYS = 10;
    /** How long a token may live. */
    public static final Duration LONGEST = Duration.ofDays(400);

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int KEY_LENGTH = 22;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final WorkspaceAccess access;
    private final Monitors monitors;
    private final IngestTokens tokens;
    private final InstantSource clock;
    private final IngestSecretStore store = new IngestSecretStore();
    private final OrderedIds ids = new OrderedIds();

    IngestSecrets(WorkspaceAccess access, Monitors monitors, IngestTokens tokens, InstantSource clock) {
        this.access = access;
        this.monitors = monitors;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** A token that was made, with the text that is shown once. */
    public record Made(IngestToken token, String text) {
        @Override
        public String toString() {
            return token.toString();
        }
    }

    public Outcome<Made> make(Entrance entrance, UUID monitor, String name, Duration life) {
        return monitors.with(entrance, monitor, (inside, m) -> {
            if (store.tokens(inside.jdbc(), m.workspace(), m.id()).size() >= TOKENS) {
                return Outcome.refused(tooMany());
            }
            return Outcome.done(made(inside.jdbc(), m, name, life));
        });
    }

    private static Refusal tooMany() {
        return new Refusal.Conflict(
                "too-many-ingest-tokens", "A monitor has at most " + TOKENS + " tokens. Delete one that has ended.");
    }

    private Made made(org.springframework.jdbc.core.simple.JdbcClient jdbc, Monitor m, String name, Duration life) {
        Instant now = clock.instant();
        // The text carries whole seconds.
        var token = new IngestToken(
                ids.next(now), m.id(), name, now, now.plus(life).truncatedTo(ChronoUnit.SECONDS), Optional.empty());
        store.insert(jdbc, m.workspace(), token);
        return new Made(token, tokens.text(new IngestTokens.Good(m.id(), token.id(), token.expires())));
    }

    /** Another one in its place; the old one counts for {@code overlap} more, so that jobs can change over. */
    public Outcome<Made> rotate(Entrance entrance, UUID monitor, UUID token, Duration life, Duration overlap) {
        return monitors.with(entrance, monitor, (inside, m) -> {
            List<IngestToken> all = store.tokens(inside.jdbc(), m.workspace(), m.id());
            var old = all.stream().filter(t -> t.id().equals(token)).findFirst();
            if (old.isEmpty()) {
                return Outcome.refused(new Refusal.NotFound());
            }
            if (all.size() >= TOKENS) {
                return Outcome.refused(tooMany());
            }
            store.end(
                    inside.jdbc(), m.workspace(), m.id(), token, clock.instant().plus(overlap));
            return Outcome.done(made(inside.jdbc(), m, old.get().name(), life));
        });
    }

    public Outcome<List<IngestToken>> tokens(Entrance entrance, UUID monitor) {
        return monitors.with(
                entrance, monitor, (inside, m) -> Outcome.done(store.tokens(inside.jdbc(), m.workspace(), m.id())));
    }

    /** It counts no more from now on. */
    public Outcome<Boolean> delete(Entrance entrance, UUID monitor, UUID token) {
        return monitors.with(
                entrance,
                monitor,
                (inside, m) -> store.delete(inside.jdbc(), m.workspace(), m.id(), token)
                        ? Outcome.done(true)
                        : Outcome.refused(new Refusal.NotFound()));
    }

    /** A key that was made, with the text that is shown once. */
    public record MadeKey(UUID id, String key) {
        @Override
        public String toString() {
            return "ping key " + id;
        }
    }

    public Outcome<MadeKey> makeKey(Entrance entrance) {
        return access.in(entrance, inside -> {
            UUID workspace = inside.context().workspace();
            if (store.keys(inside.jdbc(), workspace).size() >= KEYS) {
                return Outcome.refused(new Refusal.Conflict(
                        "too-many-ping-keys", "A workspace has at most " + KEYS + " ping keys. Revoke one."));
            }
            var key = new StringBuilder();
            for (int i = 0; i < KEY_LENGTH; i++) {
                key.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
            }
            UUID id = ids.next(clock.instant());
            store.insertKey(inside.jdbc(), workspace, id, sha256(key.toString()), clock.instant());
            return Outcome.done(new MadeKey(id, key.toString()));
        });
    }

    public Outcome<List<PingKey>> keys(Entrance entrance) {
        return access.in(
                entrance,
                inside ->
                        Outcome.done(store.keys(inside.jdbc(), inside.context().workspace())));
    }

    public Outcome<Boolean> revokeKey(Entrance entrance, UUID key) {
        return access.in(
                entrance,
                inside -> store.revokeKey(inside.jdbc(), inside.context().workspace(), key, clock.instant())
                        ? Outcome.done(true)
                        : Outcome.refused(new Refusal.NotFound()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
