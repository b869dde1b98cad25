package dev.averment.server.telemetry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every line of the log, and every outcome of an attempt to get in, to another system over TLS (ASVS 16.4.3): whoever
 * takes this machine over can't take back what it said before. Lines wait in a queue of a fixed length; whoever writes one never
 * waits. What finds no room is dropped, counted, and told to the receiver as soon as it takes lines again.
 *
 * <p>Syslog has no receipts: what was written to a connection that then breaks may be lost.
 */
public final class LogSink implements AutoCloseable {
    /** Name of the logger of outcomes; only a sink switches it on. */
    public static final String EVENTS = "averment.events";

    /** Lines that wait. */
    static final int ROOM = 5_000;

    static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(LogSink.class);

    private final LogReceiver receiver;
    private final SSLContext tls;
    private final InstantSource clock;
    private final SyslogLine form;
    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(ROOM);
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Appender appender = new Appender();
    private final Thread sender;
    private @Nullable SSLSocket connection;

    private LogSink(LogReceiver receiver, InstantSource clock) throws IOException {
        this.receiver = receiver;
        this.clock = clock;
        this.tls = tls(receiver);
        this.form = new SyslogLine(ownName(), ProcessHandle.current().pid());
        this.sender = Thread.ofPlatform().daemon().name("log-sink").unstarted(this::send);
    }

    /**
     * From now on the log goes to {@code receiver} as well, whether or not that can be reached yet.
     *
     * @throws IOException when the certificates that it is to be known by can't be read
     */
    public static LogSink open(LogReceiver receiver, InstantSource clock) throws IOException {
        var sink = new LogSink(receiver, clock);
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        sink.appender.setContext(context);
        sink.appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(sink.appender);
        ch.qos.logback.classic.Logger events = context.getLogger(EVENTS);
        events.setAdditive(false);
        events.setLevel(Level.INFO);
        events.addAppender(sink.appender);
        sink.sender.start();
        LOG.info("The log goes to {} as well, over TLS", receiver);
        return sink;
    }

    private final class Appender extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            if (!waiting.offer(form.of(event))) {
                dropped.incrementAndGet();
            }
        }
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^!-~]", "");
        } catch (UnknownHostException e) {
            return "-";
        }
    }

    private static SSLContext tls(LogReceiver receiver) throws IOException {
        try {
            TrustManager[] trusted = null;
            if (receiver.authority().isPresent()) {
                KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                try (InputStream in = Files.newInputStream(receiver.authority().get())) {
                    int number = 0;
                    for (Certificate each :
                            CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                        store.setCertificateEntry("authority-" + number++, each);
                    }
                }
                var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(store);
                trusted = factory.getTrustManagers();
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trusted, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificates by which the log's receiver is to be known can't be used.", e);
        }
    }

    private void send() {
        Duration pause = Duration.ofSeconds(1);
        boolean away = false;
        byte[] line = null;
        while (true) {
            try {
                if (line == null) {
                    line = next();
                }
                if (line == null) {
                    return;
                }
                OutputStream out = connected();
                long lost = dropped.getAndSet(0);
                if (lost > 0) {
                    out.write(
                            form.own(clock.instant(), lost + " lines were dropped: the receiver was away or too slow"));
                }
                out.write(line);
                out.flush();
                line = null;
                pause = Duration.ofSeconds(1);
                if (away) {
                    away = false;
                    LOG.info("The receiver of the log, {}, takes lines again", receiver);
                }
            } catch (IOException e) {
                disconnect();
                if (!away) {
                    away = true;
                    LOG.warn(
                            "The receiver of the log, {}, can't be reached ({}). Lines wait for it, {} at most; those"
                                    + " beyond are dropped and counted.",
                            receiver,
                            e.getMessage(),
                            ROOM);
                }
                if (closed(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** The next line; null when there is none and none comes any more. */
    private byte @Nullable [] next() throws InterruptedException {
        while (true) {
            byte[] line = waiting.poll(200, TimeUnit.MILLISECONDS);
            if (line != null || closing.getCount() == 0) {
                return line;
            }
        }
    }

    private boolean closed(Duration pause) {
        try {
            return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private OutputStream connected() throws IOException {
        SSLSocket open = connection;
        if (open == null) {
            var plain = new Socket();
            try {
                plain.connect(new InetSocketAddress(receiver.host(), receiver.port()), (int) CONNECT.toMillis());
                plain.setSoTimeout((int) CONNECT.toMillis());
                plain.setKeepAlive(true);
                open = (SSLSocket) tls.getSocketFactory().createSocket(plain, receiver.host(), receiver.port(), true);
                var parameters = open.getSSLParameters();
                // Without this any certificate of the authority would do, whoever it is for.
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
                open.setSSLParameters(parameters);
                open.startHandshake();
            } catch (IOException e) {
                plain.close();
                throw e;
            }
            connection = open;
        }
        return new BufferedOutputStream(open.getOutputStream(), SyslogLine.LONGEST + 16);
    }

    private void disconnect() {
        SSLSocket open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.debug("the connection to the log's receiver can't be closed: {}", e.getMessage());
            }
        }
    }

    /** Lines that were dropped and not told of yet. */
    long dropped() {
        return dropped.get();
    }

    /** Sends what waits, for some seconds at most, and ends. */
    @Override
    public void close() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
        context.getLogger(EVENTS).detachAppender(appender);
        appender.stop();
        closing.countDown();
        try {
            if (!sender.join(FAREWELL)) {
                sender.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }
}
