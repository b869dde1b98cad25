package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.SignInService.Mailbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder into which the system under test delivers mail, a file a message, such as a maildir's {@code new}. Mail takes its
 * time: the folder is watched for a while before it counts as empty.
 */
final class MailFolder implements Mailbox {
    private static final int MOST_MESSAGES = 10_000;
    private static final int LONGEST_MESSAGE = 1_000_000;

    private final Path folder;
    private final Pattern code;
    private final Duration patience;

    /** @param code finds the code in a message; its first group is the code */
    MailFolder(Path folder, Pattern code, Duration patience) {
        this.folder = folder;
        this.code = code;
        this.patience = patience;
    }

    @Override
    public Optional<String> newestCode(String address) throws CollectException {
        long end = System.nanoTime() + patience.toNanos();
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (true) {
                Optional<String> found = present(address);
                long left = end - System.nanoTime();
                if (found.isPresent() || left <= 0) {
                    return found;
                }
                var key = watch.poll(left, TimeUnit.NANOSECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectException("Waiting for mail was interrupted; run the check again.", e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private Optional<String> present(String address) throws IOException {
        for (Path file : messages()) {
            String mail = read(file);
            Matcher matcher = code.matcher(mail);
            if (isFor(mail, address) && matcher.find()) {
                return Optional.of(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    @Override
    public void discard(String address) throws CollectException {
        try {
            for (Path file : messages()) {
                if (isFor(read(file), address)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Newest first. Files come and go while they are listed. */
    private List<Path> messages() throws IOException {
        Map<Path, FileTime> found = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : (Iterable<Path>) all.limit(MOST_MESSAGES)::iterator) {
                try {
                    if (Files.isRegularFile(file) && Files.size(file) <= LONGEST_MESSAGE) {
                        found.put(file, Files.getLastModifiedTime(file));
                    }
                } catch (NoSuchFileException e) {
                    continue;
                }
            }
        }
        List<Path> files = new ArrayList<>(found.keySet());
        files.sort(Comparator.comparing((Path file) -> found.getOrDefault(file, FileTime.fromMillis(0)))
                .reversed());
        return files;
    }

    private static String read(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private static boolean isFor(String mail, String address) {
        return mail.lines()
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.toLowerCase(Locale.ROOT))
                .anyMatch(line -> line.startsWith("to:") && line.contains(address.toLowerCase(Locale.ROOT)));
    }

    private static CollectException unreadable(IOException e) {
        return new CollectException(
                "The mail folder of the target can't be used (" + e.getClass().getSimpleName()
                        + "); see that it exists and can be read and written.",
                e);
    }
}
