package dev.averment.server.outbound;

import dev.averment.server.database.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Mail that waits to be sent: a file a message (RFC 5322) in the data folder's {@code outbox}, which only the server's user
 * can read, and never the database, whose dumps travel further than a link that signs somebody in should. Without a relay
 * the operator reads it there.
 */
public final class MailOutbox implements MailRoute {
    /** Messages kept; beyond that the oldest go. */
    private static final int KEPT = 1_000;

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final AtomicReference<Runnable> afterPut = new AtomicReference<>(() -> {});
    private final Path folder;
    private final String sender;
    private final InstantSource clock;

    /** @param sender what stands in From */
    public MailOutbox(DataFolder data, String sender, InstantSource clock) throws IOException {
        this.folder = data.path("outbox");
        Files.createDirectories(folder);
        this.sender = sender;
        this.clock = clock;
    }

    Path folder() {
        return folder;
    }

    /** Called after each message that was put there. */
    void onPut(Runnable signal) {
        afterPut.set(signal);
    }

    /** Puts a message there; it is on disk when this returns. */
    public void put(Mail mail) {
        String id = STAMP.format(clock.instant()) + "-" + UUID.randomUUID();
        String text = "From: " + sender + "\r\nTo: " + mail.to() + "\r\nSubject: " + encoded(mail.subject())
                + "\r\nDate: "
                + DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atOffset(ZoneOffset.UTC))
                + "\r\nMessage-ID: <" + id + "@" + sender.substring(sender.indexOf('@') + 1)
                + ">\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                + "Content-Transfer-Encoding: 8bit\r\nAuto-Submitted: auto-generated\r\n\r\n"
                + mail.text().replace("\n", "\r\n");
        try {
            DataFolder.writePrivate(folder.resolve(id + ".eml"), text);
            prune();
            afterPut.get().run();
        } catch (IOException e) {
            throw new UncheckedIOException("a mail can't be put into the outbox " + folder, e);
        }
    }

    /** Without a relay, what would be sent lies here for the operator to read. */
    @Override
    public void send(List<String> to, String subject, String text, String id) {
        to.forEach(address -> put(new Mail(address, subject, text)));
    }

    private void prune() throws IOException {
        List<Path> files = files();
        for (Path old : files.subList(0, Math.max(0, files.size() - KEPT))) {
            Files.deleteIfExists(old);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(".eml") || f.toString().endsWith(".refused"))
                    .sorted()
                    .toList();
        }
    }

    /** A header's words outside of ASCII (RFC 2047). */
    private static String encoded(String text) {
        return text.chars().allMatch(c -> c < 128)
                ? text
                : "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
