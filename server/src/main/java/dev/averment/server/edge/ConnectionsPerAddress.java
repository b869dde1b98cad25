package dev.averment.server.edge;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Accepts no more connections at once from one address, or one IPv6 network of 64 bits, than a number: the rest are closed as
 * they come. Addresses that many clients share on purpose, those of trusted proxies, are not counted.
 */
final class ConnectionsPerAddress extends NioEndpoint {
    private final Map<SocketChannel, String> counted = new ConcurrentHashMap<>();
    private final Map<String, Integer> open = new ConcurrentHashMap<>();
    private volatile int most = Integer.MAX_VALUE;
    private volatile Predicate<InetAddress> shared = _ -> false;

    /** @param most connections of one address; @param shared addresses that are not counted */
    void limit(int most, Predicate<InetAddress> shared) {
        this.most = most;
        this.shared = shared;
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
        boolean taken = super.setSocketOptions(socket);
        if (!taken) {
            gone(socket);
        }
        return taken;
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
                return handler.process(socket, status);
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
