package dev.averment.server.monitoring.ingest;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ping on its way into the database.
 *
 * @param to        which monitor it is for, as the request names it
 * @param token     of a token that was shown and whose signature is good
 * @param kind      what it says; {@link #ASKS} to find the monitor and record nothing
 * @param exit      exit status of the job, 0 to 255
 * @param run       id of the run, as the client counts
 * @param output    what the job wrote
 * @param metrics   canonical JSON, empty for none
 */
public record Signal(
        Address to,
        @Nullable UUID token,
        Instant at,
        int kind,
        @Nullable Integer exit,
        @Nullable UUID run,
        Client client,
        @Nullable Output output,
        String metrics) {
    public static final int SUCCESS = 0;
    public static final int START = 1;
    public static final int FAIL = 2;
    public static final int LOG = 3;
    public static final int IGNORED = 4;
    public static final int ASKS = -1;

    /** How a request names a monitor. */
    public sealed interface Address {
        /** By the id in the address. */
        record ByPingId(UUID id) implements Address {}

        /** By the workspace's key and a name in it; {@code keyHash} is the key's SHA-256. */
        record BySlug(byte[] keyHash, String slug) implements Address {
            public BySlug {
                keyHash = keyHash.clone();
            }

            @Override
            public byte[] keyHash() {
                return keyHash.clone();
            }
        }

        /** By the token: the monitor that it was made for. */
        record ByToken(UUID monitor) implements Address {}
    }

    /** Where it came from and how. */
    public record Client(String method, String scheme, String address, String agent) {}

    Signal asking() {
        return new Signal(to, token, at, ASKS, null, null, client, null, "");
    }
}
