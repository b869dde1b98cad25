package dev.averment.checks.outboundpolicy;

import dev.averment.checks.CollectException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port of this machine that only a service which may not would come to; whoever comes is counted. */
final class Doorway implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Doorway.class);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int LONGEST_HEAD = 16_384;

    private final ServerSocket listener;
    private final SSLContext tls;
    private final String answer;

    /** Ports of those who came and are not counted yet, in order. */
    private final BlockingQueue<Integer> came = new LinkedBlockingQueue<>();

    private long visitors;

    private Doorway(ServerSocket listener, SSLContext tls, String answer) {
        this.listener = listener;
        this.tls = tls;
        this.answer = answer;
        Thread.ofVirtual().start(this::accept);
    }

    /**
     * Opens one.
     *
     * @param port     0 for one that is free
     * @param identity of the receiver that stands here
     * @param answer   status line and headers for each request
     */
    static Doorway at(String address, int port, KeyStore identity, String answer) throws CollectException {
        try {
            var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(identity, new char[0]);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(factory.getKeyManagers(), null, null);
            return new Doorway(new ServerSocket(port, 50, InetAddress.ofLiteral(address)), tls, answer);
        } catch (IOException | GeneralSecurityException e) {
            throw new CollectException(
                    "Nobody can listen at " + address + " on this machine (" + e.getMessage()
                            + "), so that it would not be seen who comes there; run the check again, or on a machine where all"
                            + " of 127.0.0.0/8 is its own.",
                    e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many came until now. It comes itself, and whoever came before it was counted before it. */
    long visitors() throws CollectException {
        try (var own = new Socket()) {
            own.connect(new InetSocketAddress(listener.getInetAddress(), port()), PATIENCE_MILLIS);
            while (true) {
                Integer port = came.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                if (port == null) {
                    throw new CollectException("A listener of the check does not hear; run the check again.");
                }
                if (port == own.getLocalPort()) {
                    return visitors;
                }
                visitors++;
            }
        } catch (IOException e) {
            throw new CollectException("A listener of the check can't be reached; run the check again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("The check was interrupted while it listened; run it again.", e);
        }
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listener.accept();
                came.add(socket.getPort());
                Thread.ofVirtual().start(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket plain) {
        try (plain;
                SSLSocket socket =
                        (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true)) {
            plain.setSoTimeout(PATIENCE_MILLIS);
            socket.setUseClientMode(false);
            InputStream in = socket.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0 && head.length() < LONGEST_HEAD) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            socket.getOutputStream()
                    .write((answer + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            log.debug("somebody came to a listener of a check and spoke no TLS: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            log.debug("a listener of a check was not closed: {}", e.getMessage());
        }
    }
}
