package dev.averment.server.identity.session;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.database.DataFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keys of one purpose, the newest of which signs while the others still verify until their overlap is over: rotating a
 * key signs nobody out. They lie in the data folder as {@code secrets/keys-NAME}, one line a key. Servers that share the
 * folder {@code secrets} share the ring: one of them replaces a key, and the others find the new one when it is shown to them.
 */
public final class KeyRing {
    /** Signing keys are replaced monthly; what they signed stays good for as long as it may live anyway. */
    public static final Duration LIFE = Duration.ofDays(30);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");
    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final Path file;
    private final Duration life;
    private final Duration overlap;
    private final InstantSource clock;
    private volatile List<Key> keys;
    private volatile @Nullable Written seen;

    /**
     * @param id   names the key in what it signed
     * @param made when it began to sign
     */
    public record Key(String id, Instant made, byte[] secret) {
        /** HMAC-SHA256 under this key. */
        public byte[] mac(byte[] message) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(secret, "HmacSHA256"));
                return mac.doFinal(message);
            } catch (NoSuchAlgorithmException | InvalidKeyException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String toString() {
            return "key " + id + " of " + made;
        }
    }

    private KeyRing(Path file, Duration life, Duration overlap, InstantSource clock, List<Key> keys) {
        this.file = file;
        this.life = life;
        this.overlap = overlap;
        this.clock = clock;
        this.keys = keys;
    }

    /**
     * Opens the ring, and makes its first key when it has none.
     *
     * @param life    after which a key stops signing
     * @param overlap for which it still verifies then: as long as what it signed may live
     */
    public static KeyRing open(DataFolder data, String name, Duration life, Duration overlap, InstantSource clock)
            throws IOException {
        Path file = data.path("secrets", "keys-" + name);
        var ring = new KeyRing(file, life, overlap, clock, Files.exists(file) ? read(file) : List.of());
        ring.rotateWhenDue();
        return ring;
    }

    /**
     * The keys of a server that runs in another process, or in this one: what lies in the file now. Nothing is made and
     * nothing replaced.
     */
    public static List<Key> kept(DataFolder data, String name) throws IOException {
        return read(data.path("secrets", "keys-" + name));
    }

    /**
     * The key that signs; a new one when the last has lived its life. When that can't be written down the last goes on
     * signing, and it is tried again at the next use.
     */
    public Key current() {
        try {
            rotateWhenDue();
        } catch (IOException e) {
            LOG.warn("A signing key is due and can't be replaced; the old one goes on signing: {}", e.getMessage());
        }
        return keys.getLast();
    }

    /** A key that may still verify; empty for one that is unknown or whose overlap is over. */
    public Optional<Key> find(String id) {
        if (keys.stream().noneMatch(key -> key.id().equals(id))) {
            // Another server may have made it. The file is read again only if it was written since.
            try {
                readAgain();
            } catch (IOException e) {
                LOG.warn("Keys that another server may have made can't be read: {}", e.getMessage());
            }
        }
        List<Key> known = keys;
        Instant now = clock.instant();
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).id().equals(id)) {
                boolean valid = i == known.size() - 1
                        || now.isBefore(known.get(i + 1).made().plus(overlap));
                return valid ? Optional.of(known.get(i)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Makes a new key when the newest has lived its life; true when it did. */
    public boolean rotateWhenDue() throws IOException {
        if (!due()) {
            return false;
        }
        return alone(() -> {
            // Of many that find it due at once, in this process or another, one makes the key.
            if (!due()) {
                return false;
            }
            make();
            return true;
        });
    }

    /** Which file it was: each writing makes a new one, and the time alone is no finer than the system's ticks. */
    private record Written(FileTime time, @Nullable Object file) {}

    private interface Step {
        boolean take() throws IOException;
    }

    /** While no other thread or process changes the file, and after reading what the last one wrote. */
    private boolean alone(Step step) throws IOException {
        // Locks of files are held by processes: within one, rings of the same file wait for each other here.
        synchronized (KeyRing.class) {
            try (FileChannel channel = FileChannel.open(
                            file.resolveSibling(file.getFileName() + ".lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                keys = Files.exists(file) ? read(file) : keys;
                return step.take();
            }
        }
    }

    private void readAgain() throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        var written = new Written(attributes.lastModifiedTime(), attributes.fileKey());
        if (!written.equals(seen)) {
            // Noted first: a damaged file is complained of once and not at every request.
            seen = written;
            keys = read(file);
        }
    }

    private boolean due() {
        List<Key> known = keys;
        return known.isEmpty()
                || !clock.instant().isBefore(known.getLast().made().plus(life));
    }

    /** Makes a new key now. Written down before it signs anything. */
    public void rotate() throws IOException {
        alone(() -> {
            make();
            return true;
        });
    }

    private void make() throws IOException {
        Instant now = clock.instant();
        byte[] secret = new byte[KEY_BYTES];
        byte[] id = new byte[6];
        RANDOM.nextBytes(secret);
        RANDOM.nextBytes(id);
        List<Key> next = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            boolean last = i == keys.size() - 1;
            if (last || now.isBefore(keys.get(i + 1).made().plus(overlap))) {
                next.add(keys.get(i));
            }
        }
        next.add(new Key(HexFormat.of().formatHex(id), now, secret));
        DataFolder.writePrivate(file, written(next));
        keys = List.copyOf(next);
    }

    /** When the signing key was made, for whoever watches that it is rotated. */
    public Instant newest() {
        return keys.getLast().made();
    }

    private static String written(List<Key> keys) {
        var text = new StringBuilder();
        for (Key key : keys) {
            text.append(new String(
                            JsonObject.of(
                                            "id", key.id(),
                                            "made", key.made().toString(),
                                            "secret", HexFormat.of().formatHex(key.secret()))
                                    .canonical(),
                            java.nio.charset.StandardCharsets.UTF_8))
                    .append('\n');
        }
        return text.toString();
    }

    private static List<Key> read(Path file) throws IOException {
        List<Key> keys = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (!line.isBlank()) {
                try {
                    JsonObject json = Json.parseObject(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    byte[] secret = HexFormat.of().parseHex(json.string("secret"));
                    if (secret.length != KEY_BYTES
                            || !ID.matcher(json.string("id")).matches()) {
                        throw new IllegalArgumentException("a key of another form");
                    }
                    keys.add(new Key(json.string("id"), Instant.parse(json.string("made")), secret));
                } catch (JsonException | RuntimeException e) {
                    // The line is a secret: its file says enough.
                    throw new IOException(file + " holds a line that is no key; restore the file, or delete it, which"
                            + " signs everybody out");
                }
            }
        }
        return List.copyOf(keys);
    }
}
