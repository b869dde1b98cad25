package dev.averment.server.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.database.LocalAuthority;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines on their way to another system, over real TLS. */
@Timeout(180)
class LogSinkTest {
    private static final Logger SAYS = LoggerFactory.getLogger("somebody");

    @TempDir
    private Path folder;

    /** A syslog receiver with a certificate of its own. */
    private static final class Receiver implements AutoCloseable {
        final SSLServerSocket socket;
        final Path authority;
        final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Receiver(Path folder, String name, int port) throws Exception {
            LocalAuthority made = LocalAuthority.open(Files.createDirectories(folder), Instant.now());
            made.ensure("receiver", name, List.of(name));
            authority = made.certificateFile();
            char[] none = {'n', 'o', 'n', 'e', '-', '-'};
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "receiver",
                    LocalAuthority.readKey(folder.resolve("receiver.key")),
                    none,
                    new java.security.cert.Certificate[] {LocalAuthority.readCertificate(folder.resolve("receiver.crt"))
                    });
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, none);
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(keys.getKeyManagers(), null, null);
            socket = (SSLServerSocket)
                    tls.getServerSocketFactory().createServerSocket(port, 0, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(this::take);
        }

        private void take() {
            while (!socket.isClosed()) {
                try (var connection = socket.accept();
                        var in = new DataInputStream(connection.getInputStream())) {
                    while (true) {
                        int length = 0;
                        for (int c = in.readUnsignedByte(); c != ' '; c = in.readUnsignedByte()) {
                            assertThat(c).isBetween((int) '0', (int) '9');
                            length = length * 10 + c - '0';
                        }
                        lines.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                    }
                } catch (IOException e) {
                    // The other side has gone, or never trusted this one.
                }
            }
        }

        String next(Predicate<String> wanted) throws InterruptedException {
            while (true) {
                String line = lines.poll(60, TimeUnit.SECONDS);
                assertThat(line).as("a line within a minute").isNotNull();
                if (wanted.test(line)) {
                    return line;
                }
            }
        }

        LogReceiver as(String host) {
            return new LogReceiver(host, socket.getLocalPort(), Optional.of(authority));
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @Test
    @Asvs("16.4.3")
    void a_line_arrives_as_the_standard_has_it_and_no_line_makes_two() throws Exception {
        try (var receiver = new Receiver(folder, "localhost", 0);
                var sink = LogSink.open(receiver.as("localhost"), InstantSource.system())) {
            SAYS.warn("first\r\n<34>1 2026-01-01T00:00:00Z forged - - - - second\u0000", new IOException("why"));
            String line = receiver.next(l -> l.contains("first"));
            assertThat(line)
                    .matches("<132>1 20\\d\\d-\\d\\d-\\d\\dT\\S+Z \\S+ averment \\d+ line - somebody: first.*")
                    .contains("first\\n<34>1", "second? (java.io.IOException: why)")
                    .doesNotContain("\n");
            SAYS.info("ä".repeat(9_000));
            String cut = receiver.next(l -> l.contains("ää"));
            assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(8_100, SyslogLine.LONGEST);
            assertThat(cut).endsWith("ä");
            assertThat(sink.dropped()).isZero();
        }
    }

    @Test
    @Asvs("16.4.3")
    void outcomes_of_sign_ins_of_a_whole_server_arrive_and_name_nobody(@TempDir Path data) throws Exception {
        try (var receiver = new Receiver(folder, "localhost", 0)) {
            Path file = folder.resolve("sink.properties");
            Files.writeString(
                    file,
                    "host=localhost\nport=" + receiver.socket.getLocalPort() + "\nauthorityFile=" + receiver.authority
                            + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            try (RunningServer server = RunningServer.start(data, "--log-sink", file.toString())) {
                Person person = Person.signedIn(server);
                String line = receiver.next(l -> l.contains("auth.signed_in"));
                assertThat(line)
                        .startsWith("<110>1 ")
                        .contains(" event - averment.events: auth.signed_in success account=")
                        .doesNotContain(person.email, "127.0.0.1");
            }
        }
    }

    @Test
    @Asvs({"16.4.3", "13.1.2"})
    void nobody_waits_for_a_receiver_that_is_away_and_what_was_dropped_is_told() throws Exception {
        int port;
        try (var reserved = new Receiver(folder, "localhost", 0)) {
            port = reserved.socket.getLocalPort();
        }
        var receiver = new LogReceiver("localhost", port, Optional.of(folder.resolve("ca.crt")));
        try (var sink = LogSink.open(receiver, InstantSource.system())) {
            for (int i = 0; i < LogSink.ROOM + 500; i++) {
                SAYS.info("while away {}", i);
            }
            assertThat(sink.dropped()).isBetween(400L, 600L);
            try (var back = new Receiver(folder, "localhost", port)) {
                assertThat(back.next(l -> l.contains(" sink - "))).contains("lines were dropped");
                back.next(l -> l.contains("while away 4000"));
                assertThat(sink.dropped()).isZero();
            }
        }
    }

    @Test
    @Asvs({"16.4.3", "12.3.2", "12.3.4"})
    void a_receiver_with_a_certificate_of_somebody_else_gets_no_line() throws Exception {
        try (var named = new Receiver(folder.resolve("named"), "elsewhere.example", 0);
                var stranger = new Receiver(folder.resolve("stranger"), "localhost", 0);
                var honest = new Receiver(folder.resolve("honest"), "localhost", 0)) {
            var misnamed = named.as("localhost");
            var untrusted = new LogReceiver("localhost", stranger.socket.getLocalPort(), Optional.of(honest.authority));
            // The honest one is told of the others, so it shows when those have been tried.
            try (var _ = LogSink.open(honest.as("localhost"), InstantSource.system());
                    var _ = LogSink.open(misnamed, InstantSource.system());
                    var _ = LogSink.open(untrusted, InstantSource.system())) {
                SAYS.info("a secret of the trade");
                var away = new HashSet<String>();
                while (away.size() < 2) {
                    away.add(honest.next(l -> l.contains("can't be reached")));
                }
                assertThat(named.lines).isEmpty();
                assertThat(stranger.lines).isEmpty();
            }
        }
    }

    @Test
    @Asvs("13.3.2")
    void a_file_that_others_may_touch_or_that_is_none_is_refused_with_what_to_do() throws Exception {
        Path file = folder.resolve("sink.properties");
        Files.writeString(file, "host=logs.example\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> LogReceiver.read(file)).hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(LogReceiver.read(file)).isEqualTo(new LogReceiver("logs.example", 6514, Optional.empty()));
        Files.writeString(file, "host=logs.example\npassword=x\n");
        assertThatThrownBy(() -> LogReceiver.read(file)).hasMessageContaining("password=");
        Files.writeString(file, "host=logs.example\nport=70000\n");
        assertThatThrownBy(() -> LogReceiver.read(file)).hasMessageContaining("1 to 65535");
        Files.writeString(file, "port=1\n");
        assertThatThrownBy(() -> LogReceiver.read(file)).hasMessageContaining("host=");
        assertThatThrownBy(() -> LogReceiver.read(folder.resolve("none"))).hasMessageContaining("--log-sink");
    }
}
