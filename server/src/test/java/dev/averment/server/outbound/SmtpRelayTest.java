package dev.averment.server.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.LocalAuthority;
import dev.averment.server.fixture.RunningServer;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real SMTP server over TLS. */
@Timeout(120)
class SmtpRelayTest {
    @TempDir
    private static Path folder;

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T12:00:00Z"));
    private static LocalAuthority authority;
    private static GreenMail mail;
    private static int port;

    @BeforeAll
    static void start() throws Exception {
        authority = LocalAuthority.open(folder, Instant.now());
        authority.ensure("mail", "localhost", List.of("localhost"));
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "mail",
                LocalAuthority.readKey(folder.resolve("mail.key")),
                "changeit".toCharArray(),
                new Certificate[] {
                    LocalAuthority.readCertificate(folder.resolve("mail.crt")),
                    LocalAuthority.readCertificate(authority.certificateFile())
                });
        Path store = folder.resolve("mail.p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            keys.store(out, "changeit".toCharArray());
        }
        System.setProperty("greenmail.tls.keystore.file", store.toString());
        System.setProperty("greenmail.tls.keystore.password", "changeit");
        port = RunningServer.freePort();
        mail = new GreenMail(new ServerSetup(port, "localhost", ServerSetup.PROTOCOL_SMTPS));
        mail.setUser("averment@example.org", "averment", "correct horse");
        mail.start();
    }

    @AfterAll
    static void stop() {
        mail.stop();
    }

    private static Path file(String name, String... lines) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, List.of(lines));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static String recipient(MimeMessage message) {
        try {
            return message.getAllRecipients()[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subject(MimeMessage message) {
        try {
            return message.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MailRelay relay(String password) throws IOException {
        file("smtp-password", password);
        return MailRelay.read(file(
                "mail.properties",
                "host=localhost",
                "port=" + port,
                "tls=always",
                "from=averment@example.org",
                "user=averment",
                "passwordFile=smtp-password",
                "authorityFile=" + authority.certificateFile().getFileName()));
    }

    private static SmtpRelay route(MailRelay relay) throws IOException {
        return new SmtpRelay(relay, TrustedAuthorities.of(relay.authority()), CLOCK);
    }

    @Test
    void mail_arrives_with_its_headers_and_its_umlauts() throws Exception {
        route(relay("correct horse"))
                .send(List.of("ops@example.net", "boss@example.net"), "Sicherung fällt aus", "Grüße\nvon uns", "id-1");
        assertThat(mail.waitForIncomingEmail(10_000, 2)).isTrue();
        var message = List.of(mail.getReceivedMessages()).stream()
                .filter(m -> subject(m).startsWith("Sicherung"))
                .findFirst()
                .orElseThrow();
        assertThat(message.getSubject()).isEqualTo("Sicherung fällt aus");
        assertThat(message.getContent().toString()).contains("Grüße").contains("von uns");
        assertThat(message.getHeader("Message-ID")).containsExactly("<id-1@example.org>");
        assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(message.getFrom()[0]).hasToString("averment@example.org");
        assertThat(message.getAllRecipients()).hasSize(2);
    }

    /** A process that died may have left one half way. */
    @Test
    void what_lies_in_the_outbox_goes_by_the_relay_and_a_crash_loses_none(@TempDir Path other) throws Exception {
        try (DataFolder data = DataFolder.open(other.resolve("data"))) {
            var outbox = new MailOutbox(data, "averment@localhost", CLOCK);
            outbox.put(new Mail("first@example.net", "Schlüssel", "eins"));
            Path left = Files.list(data.path("outbox")).toList().getFirst();
            Path half = left.resolveSibling(left.getFileName().toString().replace(".eml", ".sending"));
            Files.move(left, half);
            Files.setLastModifiedTime(half, FileTime.from(CLOCK.instant().minusSeconds(600)));
            int before = mail.getReceivedMessages().length;
            var sender = new OutboxSender(outbox, route(relay("correct horse")), CLOCK);
            sender.start();
            try {
                outbox.put(new Mail("canary@averment.invalid", "s", "read where it lies"));
                outbox.put(new Mail("second@example.net", "s", "zwei"));
                assertThat(mail.waitForIncomingEmail(20_000, before + 2)).isTrue();
                while (Files.list(data.path("outbox")).count() > 1) {
                    LockSupport.parkNanos(1_000_000);
                }
            } finally {
                sender.stop();
            }
            assertThat(List.of(mail.getReceivedMessages()))
                    .filteredOn(m -> recipient(m).equals("first@example.net"))
                    .singleElement()
                    .satisfies(m -> assertThat(m.getSubject()).isEqualTo("Schlüssel"));
        }
    }

    @Test
    void a_wrong_password_is_said_and_not_repeated() throws Exception {
        SmtpRelay route = route(relay("wrong battery staple"));
        assertThatThrownBy(() -> route.send(List.of("ops@example.net"), "s", "t", "id-2"))
                .isInstanceOf(MailException.class)
                .hasMessageContaining("user and password")
                .hasMessageNotContaining("battery");
    }

    @Test
    void nothing_goes_to_a_relay_whose_certificate_does_not_count_or_that_has_no_tls() throws Exception {
        MailRelay relay = relay("correct horse");
        var stranger = new SmtpRelay(relay, TrustedAuthorities.of(Optional.empty()), CLOCK);
        assertThatThrownBy(() -> stranger.send(List.of("ops@example.net"), "s", "t", "id-3"))
                .isInstanceOf(MailException.class)
                .hasMessageContaining("over TLS");
        int plain = RunningServer.freePort();
        var open = new GreenMail(new ServerSetup(plain, "localhost", ServerSetup.PROTOCOL_SMTP));
        open.start();
        try {
            var route = route(new MailRelay(
                    "localhost",
                    plain,
                    true,
                    "averment@example.org",
                    Optional.empty(),
                    Optional.empty(),
                    relay.authority()));
            assertThatThrownBy(() -> route.send(List.of("ops@example.net"), "s", "t", "id-4"))
                    .isInstanceOf(MailException.class)
                    .hasMessageContaining("over TLS");
            assertThat(open.getReceivedMessages()).isEmpty();
        } finally {
            open.stop();
        }
    }

    @Test
    void a_file_that_others_can_read_or_that_says_too_little_is_refused() throws Exception {
        Path file = file("open.properties", "host=localhost", "from=a@example.org");
        assertThat(MailRelay.read(file).port()).isEqualTo(587);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> MailRelay.read(file)).hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> MailRelay.read(file("a", "host=x"))).hasMessageContaining("from=");
        assertThatThrownBy(() -> MailRelay.read(file("b", "host=x", "from=a@b.example", "tls=none")))
                .hasMessageContaining("starttls or always");
        assertThatThrownBy(() -> MailRelay.read(file("c", "host=x", "from=a@b.example", "user=u")))
                .hasMessageContaining("both or none");
        assertThatThrownBy(() -> MailRelay.read(file("d", "host=x", "from=a@b.example", "pasword=u")))
                .hasMessageContaining("says nothing here");
        assertThatThrownBy(() -> MailRelay.read(folder.resolve("none"))).hasMessageContaining("not there");
    }
}
