package dev.averment.server.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Accepts no more connections at once from one address, or one IPv6 network of 64 bits, than a number: the rest are closed as
 * they come. Addresses that many clients share on purpose, those of trusted proxies, are not counted. A connection whose request
 * takes too long to begin is ended ({@link HeadPace}).
 */
final class EdgeConnections extends NioEndpoint {
    /** How often it is looked which heads are late. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final HeadPace heads = new HeadPace();
    private final Map<SocketChannel, String> counted = new ConcurrentHashMap<>();
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private volatile int most = Integer.MAX_VALUE;
    private volatile Predicate<InetAddress> shared = _ -> false;
    private volatile @Nullable ScheduledExecutorService watch;

    /** @param most connections of one address; @param shared addresses that are not counted */
    void limit(int most, Predicate<InetAddress> shared) {
        this.most = most;
        this.shared = shared;
    }

    @Override
    public void startInternal() throws Exception {
        super.startInternal();
        var executor = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(getName() + "-heads").factory());
        executor.scheduleWithFixedDelay(this::endLate, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        watch = executor;
    }

    @Override
    public void stopInternal() {
        ScheduledExecutorService executor = watch;
        if (executor != null) {
            executor.shutdownNow();
            watch = null;
        }
        super.stopInternal();
    }

    /** Through the container's own queue, which takes one event of a connection at a time: closing it here would pull it from under whoever reads it. */
    private void endLate() {
        for (SocketChannel late : heads.late(System.nanoTime())) {
            heads.ends(late);
            SocketWrapperBase<NioChannel> connection = connections.get(late);
            if (connection != null) {
                processSocket(connection, SocketEvent.ERROR, true);
            }
        }
    }

    /** The head of a request on {@code connection} is here: from now on it is not the sender who is waited for. */
    void headIsWhole(SocketWrapperBase<?> connection) {
        if (connection.getSocket() instanceof NioChannel channel) {
            heads.ends(channel.getIOChannel());
        }
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        Optional<String> network = network(socket);
        if (network.isPresent()) {
            if (open.merge(network.get(), 1, Integer::sum) > most) {
                leave(network.get());
                // Nobody else closes what was never taken in, or counts it out of all connections.
                destroySocket(socket);
                return false;
            }
            counted.put(socket, network.get());
        }
        heads.begins(socket, System.nanoTime());
        boolean taken = super.setSocketOptions(socket);
        if (!taken) {
            gone(socket);
        }
        return taken;
    }

    /** While an answer is under way that no thread waits for, such as a stream of events. */
    private static boolean answering(SocketWrapperBase<NioChannel> socket) {
        return socket.getCurrentProcessor() instanceof Processor processor && processor.isAsync();
    }

    private Optional<String> network(SocketChannel socket) {
        try {
            SocketAddress remote = socket.getRemoteAddress();
            if (!(remote instanceof InetSocketAddress peer) || shared.test(peer.getAddress())) {
                return Optional.empty();
            }
            byte[] address = peer.getAddress().getAddress();
            // A household or a server has 64 bits of IPv6 to itself, and would count as 2^64 addresses.
            return Optional.of(
                    address.length == 4
                            ? peer.getAddress().getHostAddress()
                            : java.util.HexFormat.of().formatHex(address, 0, 8));
        } catch (java.io.IOException e) {
            // It was closed meanwhile; what comes next finds out.
            return Optional.empty();
        }
    }

    private void gone(SocketChannel socket) {
        heads.ends(socket);
        String network = counted.remove(socket);
        if (network != null) {
            leave(network);
        }
    }

    private void leave(String network) {
        open.computeIfPresent(network, (_, count) -> count > 1 ? count - 1 : null);
    }

    @Override
    public void setHandler(AbstractEndpoint.Handler<NioChannel> handler) {
        super.setHandler(new AbstractEndpoint.Handler<>() {
            @Override
            public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent status) {
                // Read now: when the connection is closed, its channel may be another's already.
                SocketChannel channel = socket.getSocket().getIOChannel();
                if (status == SocketEvent.OPEN_READ && !answering(socket)) {
                    heads.begins(channel, System.nanoTime());
                }
                SocketState state = handler.process(socket, status);
                if (state == SocketState.LONG && !answering(socket)) {
                    // A part of the next head came behind the request before.
                    heads.begins(channel, System.nanoTime());
                }
                return state;
            }

            @Override
            public Object getGlobal() {
                return handler.getGlobal();
            }

            /** Called once for each connection, when it is closed, whoever closes it. */
            @Override
            public void release(SocketWrapperBase<NioChannel> socket) {
                gone(socket.getSocket().getIOChannel());
                handler.release(socket);
            }

            @Override
            public void pause() {
                handler.pause();
            }

            @Override
            public void recycle() {
                handler.recycle();
            }
        });
    }
}
