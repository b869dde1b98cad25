package dev.averment.server.outbound;

import dev.averment.server.loop.Loop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes mail from the outbox to the relay. A message is a file until the relay has it, so a crash loses none; links that sign
 * people in never lie in the database for that. Of servers that share an outbox, who renames a file first sends it; what a dead
 * one left comes back.
 */
public final class OutboxSender extends Loop {
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
    /** Longer than a message takes, with all its waits. */
    private static final Duration ABANDONED = Duration.ofMinutes(5);

    private static final Logger log = LoggerFactory.getLogger(OutboxSender.class);

    private final Path folder;
    private final SmtpRelay relay;
    private final InstantSource clock;

    public OutboxSender(MailOutbox outbox, SmtpRelay relay, InstantSource clock) {
        super("outbox", "mail can't be handed to the relay now", AFTER_FAILURE);
        this.folder = outbox.folder();
        this.relay = relay;
        this.clock = clock;
        outbox.onPut(this::wake);
    }

    @Override
    protected Duration round() throws IOException, MailException {
        for (Path left : files(".sending")) {
            Instant touched = Files.getLastModifiedTime(left).toInstant();
            if (touched.plus(ABANDONED).isBefore(clock.instant())) {
                move(left, ".sending", ".eml");
            }
        }
        for (Path mail : files(".eml")) {
            if (!isRunning()) {
                break;
            }
            Path mine;
            try {
                if (goesNowhere(mail)) {
                    continue;
                }
                Files.setLastModifiedTime(mail, FileTime.from(clock.instant()));
                mine = move(mail, ".eml", ".sending");
            } catch (NoSuchFileException e) {
                continue; // Another server has it.
            }
            send(mine);
        }
        return LOOK;
    }

    /** Nothing is delivered under .invalid (RFC 2606): the server's own checks read such mail where it lies. */
    private static boolean goesNowhere(Path mail) throws IOException {
        try (Stream<String> lines = Files.lines(mail)) {
            return lines.limit(5).anyMatch(line -> line.startsWith("To: ") && line.endsWith(".invalid"));
        }
    }

    private void send(Path mine) throws IOException, MailException {
        boolean done = false;
        try {
            relay.forward(Files.readAllBytes(mine));
            done = true;
            Files.deleteIfExists(mine);
        } catch (MailException e) {
            if (!e.permanent()) {
                throw e;
            }
            // Kept for the operator to see; beyond the outbox's bound the oldest go.
            log.warn("the relay refuses the message {} for good", mine.getFileName());
            move(mine, ".sending", ".refused");
            done = true;
        } finally {
            if (!done) {
                move(mine, ".sending", ".eml");
            }
        }
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static Path move(Path file, String from, String to) throws IOException {
        String name = file.getFileName().toString();
        return Files.move(
                file,
                file.resolveSibling(name.substring(0, name.length() - from.length()) + to),
                StandardCopyOption.ATOMIC_MOVE);
    }
}
