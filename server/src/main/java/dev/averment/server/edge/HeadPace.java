package dev.averment.server.edge;

import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How long the head of a request may take in all: from the connection's first moment, its TLS handshake included, or from the
 * first byte after the request before, to the empty line that ends it. The container waits for each read by itself, and a head
 * that comes a byte at a time (the attack called slowloris), or a handshake that is never completed, would keep its connection
 * as long as its sender likes. Between two requests nothing is awaited, and the container's own patience counts.
 */
final class HeadPace {
    /** For 8 KiB of head and a handshake over the slowest line that a person would put up with. */
    static final Duration WHOLE = Duration.ofSeconds(10);

    private final Map<SocketChannel, Long> begun = new ConcurrentHashMap<>();

    /** A head is awaited from now on, unless it is already. */
    void begins(@Nullable SocketChannel connection, long nanos) {
        // The container has none for a connection that was closed meanwhile.
        if (connection != null) {
            begun.putIfAbsent(connection, nanos);
        }
    }

    /** The head is here whole, or its connection is gone. */
    void ends(SocketChannel connection) {
        begun.remove(connection);
    }

    /** Connections whose head takes longer than it may. */
    List<SocketChannel> late(long nanos) {
        return begun.entrySet().stream()
                .filter(one -> nanos - one.getValue() > WHOLE.toNanos())
                .map(Map.Entry::getKey)
                .toList();
    }
}
