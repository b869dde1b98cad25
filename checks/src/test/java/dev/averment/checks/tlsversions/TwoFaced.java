package dev.averment.checks.tlsversions;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Passes connections on to a good server, but takes an old version itself when a hello is of a certain kind. */
final class TwoFaced implements AutoCloseable {
    private final ServerSocket listener;
    private final int behind;
    private final TlsVersion old;
    private final String when;

    private TwoFaced(ServerSocket listener, int behind, TlsVersion old, String when) {
        this.listener = listener;
        this.behind = behind;
        this.old = old;
        this.when = when;
        Thread.ofVirtual().start(this::accept);
    }

    /** @param when {@code no-name}, {@code other-name} or {@code odd-suite} */
    static TwoFaced before(int port, TlsVersion old, String when) throws IOException {
        return new TwoFaced(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port, old, when);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            byte[] head = in.readNBytes(5);
            byte[] hello = in.readNBytes((head[3] & 0xff) << 8 | head[4] & 0xff);
            if (concerns(ByteBuffer.wrap(hello))) {
                client.getOutputStream().write(serverHello());
                client.getOutputStream().flush();
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
                server.getOutputStream().write(head);
                server.getOutputStream().write(hello);
                server.getOutputStream().flush();
                Thread back = Thread.ofVirtual().start(() -> {
                    try {
                        server.getInputStream().transferTo(client.getOutputStream());
                        client.shutdownOutput();
                    } catch (IOException e) {
                        // One of the two has left.
                    }
                });
                client.getInputStream().transferTo(server.getOutputStream());
                server.shutdownOutput();
                back.join();
            }
        } catch (IOException | InterruptedException e) {
            // The other side left.
        }
    }

    private boolean concerns(ByteBuffer hello) {
        String all = new String(hello.array(), StandardCharsets.ISO_8859_1);
        // A hello of 1.3 says so in an extension, of which 1.2 has none.
        boolean modern = all.contains("\0\u002b\0\u0003\u0002\u0003\u0004");
        int version = hello.getShort(4) & 0xffff;
        if (modern || version != old.code()) {
            return false;
        }
        int at = 6 + 32;
        at += 1 + (hello.get(at) & 0xff);
        int end = at + 2 + (hello.getShort(at) & 0xffff);
        boolean odd = false;
        for (int i = at + 2; i < end; i += 2) {
            odd |= hello.getShort(i) == 0x0096; // SEED, of 2005
        }
        boolean own = all.contains("localhost");
        boolean foreign = all.contains(".invalid");
        return switch (when) {
            case "no-name" -> !own && !foreign;
            case "other-name" -> foreign;
            default -> odd;
        };
    }

    private byte[] serverHello() {
        ByteBuffer hello = ByteBuffer.allocate(5 + 4 + 38);
        hello.put((byte) 22).putShort((short) old.code()).putShort((short) 42);
        hello.put((byte) 2).put((byte) 0).putShort((short) 38);
        hello.putShort((short) old.code())
                .put(new byte[32])
                .put((byte) 0)
                .putShort((short) 0x0096)
                .put((byte) 0);
        return hello.array();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
