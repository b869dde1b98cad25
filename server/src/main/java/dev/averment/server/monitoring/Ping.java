package dev.averment.server.monitoring;

import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A ping as it was recorded.
 *
 * @param n          counts the monitor's pings from 1, with holes where something went wrong
 * @param kind       a code of {@code monitoring.ping_kind}
 * @param rid        id of the run, as the client counts
 * @param native_    whether it came as an event of the native interface
 * @param token      that was shown with it
 * @param hash       as the database made it when it recorded the ping
 * @param bodyDigest SHA-256 of what came with it, before anything was taken out
 * @param metrics    what the job measured
 */
public record Ping(
        UUID workspace,
        UUID monitor,
        long n,
        Instant at,
        int kind,
        @Nullable Integer exit,
        @Nullable UUID rid,
        boolean native_,
        String method,
        String scheme,
        String address,
        String agent,
        @Nullable UUID token,
        Hash hash,
        byte @Nullable [] bodyDigest,
        Map<String, Double> metrics) {
    public static final int SUCCESS = 0;
    public static final int START = 1;
    public static final int FAIL = 2;
    public static final int LOG = 3;
    public static final int IGNORED = 4;

    public Ping {
        bodyDigest = bodyDigest == null ? null : bodyDigest.clone();
        metrics = Map.copyOf(metrics);
    }

    @Override
    public byte @Nullable [] bodyDigest() {
        return bodyDigest == null ? null : bodyDigest.clone();
    }

    /** The hash that the row must have: a leaf of RFC 9162 over its parts, as {@code monitoring.ingest} joins them. */
    Hash computed() {
        String parts = String.join(
                "|",
                workspace.toString(),
                monitor.toString(),
                Long.toString(n),
                Long.toString(at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000),
                Integer.toString(kind),
                exit == null ? "" : exit.toString(),
                rid == null ? "" : rid.toString(),
                native_ ? "t" : "f",
                method,
                scheme,
                address,
                token == null ? "" : token.toString(),
                bodyDigest == null ? "" : HexFormat.of().formatHex(bodyDigest),
                agent);
        return dev.averment.evidence.merkle.TreeHash.leaf(parts.getBytes(StandardCharsets.UTF_8));
    }

    /** Who sent it, as transitions name it. */
    String actor() {
        return token == null ? "anonymous:ping" : "api_key:" + token;
    }
}
