package dev.averment.server.identity.actor;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.database.DataFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of pairs of services, as files in a folder that is mounted for them: {@code CALLER.CALLEE.keys}, one JSON object a
 * line with {@code id} (12 hex digits), {@code from} (an instant) and {@code secret} (64 hex digits), oldest first. The newest
 * key whose time has come signs. One that was replaced verifies for {@link #OVERLAP} longer, so that neither side has to
 * change at the same moment. Files are read at every use: a key that was taken out is refused at the next request.
 *
 * <p>A file that others on the machine may read, or that its group may write, is no secret and is refused.
 */
public final class ServiceKeys {
    /** For so long a replaced key still verifies: longer than any token lives and than clocks differ. */
    public static final Duration OVERLAP = Duration.ofMinutes(15);

    /** A pair's key is replaced when it is so old. */
    public static final Duration LIFE = Duration.ofDays(30);

    private static final int LONGEST_FILE = 16 << 10;
    private static final int SECRET_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");
    private static final Set<PosixFilePermission> NOBODYS_BUSINESS = Set.of(
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE,
            PosixFilePermission.GROUP_WRITE);

    private final Path folder;
    private final InstantSource clock;

    /** @param folder may be empty or missing: then nobody may call anybody */
    public ServiceKeys(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** What a key is used for: a MAC made for one use is worth nothing in another. */
    enum Use {
        SERVICE,
        ACTOR
    }

    /**
     * @param id   names the key in what it signed
     * @param from when it begins to sign
     */
    public record Key(String id, Instant from, byte[] secret) {
        /** HMAC-SHA256 under a key that is made of this one for {@code use} alone. */
        byte[] mac(Use use, byte[] message) {
            return hmac(hmac(secret, ("averment " + use + " v1").getBytes(StandardCharsets.US_ASCII)), message);
        }

        @Override
        public String toString() {
            return "key " + id + " from " + from;
        }
    }

    private static byte[] hmac(byte[] key, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key that signs now. */
    Key signing(ServicePair pair) throws ServiceKeyException {
        Instant now = clock.instant();
        return read(pair).reversed().stream()
                .filter(key -> !now.isBefore(key.from()))
                .findFirst()
                .orElseThrow(() -> new ServiceKeyException("No key of " + folder.resolve(pair.file())
                        + " signs yet: add a line whose \"from\" has passed."));
    }

    /**
     * A key that verifies now, one that is to sign soon among them: the other side's clock may be ahead. Empty for one that
     * is unknown or whose overlap is over.
     */
    Optional<Key> verifying(ServicePair pair, String id) throws ServiceKeyException {
        List<Key> keys = read(pair);
        Instant now = clock.instant();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).id().equals(id)) {
                boolean good = !now.plus(OVERLAP).isBefore(keys.get(i).from())
                        && (i == keys.size() - 1
                                || now.isBefore(keys.get(i + 1).from().plus(OVERLAP)));
                return good ? Optional.of(keys.get(i)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** HMAC-SHA256 under the key {@code id} in {@code file}, for a check that makes tokens which are wrong in one thing. */
    public static byte[] mac(Path file, String id, boolean actor, byte[] input) throws ServiceKeyException {
        return read(file).stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ServiceKeyException("There is no key " + id + " in " + file + "."))
                .mac(actor ? Use.ACTOR : Use.SERVICE, input);
    }

    /** How many keys {@code file} holds; 0 when they can't be used. */
    public static int count(Path file) {
        try {
            return read(file).size();
        } catch (ServiceKeyException e) {
            return 0;
        }
    }

    /** Whether somebody may read or write {@code file} who must not. */
    public static boolean openToOthers(Path file) throws IOException {
        return Files.getPosixFilePermissions(file).stream().anyMatch(NOBODYS_BUSINESS::contains);
    }

    /** Where the keys of {@code pair} lie. */
    public Path file(ServicePair pair) {
        return folder.resolve(pair.file());
    }

    /**
     * Adds a key that signs from {@code from} on, making folder and file when they are missing; those that are over are left
     * out.
     */
    public Key add(ServicePair pair, Instant from) throws IOException, ServiceKeyException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        List<Key> keys = Files.exists(file(pair)) ? read(pair) : List.of();
        if (!keys.isEmpty() && !keys.getLast().from().isBefore(from)) {
            throw new IllegalArgumentException("a newer key must sign later than the one before");
        }
        byte[] id = new byte[6];
        byte[] secret = new byte[SECRET_BYTES];
        var random = new SecureRandom();
        random.nextBytes(id);
        random.nextBytes(secret);
        List<Key> next = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            Instant replaced = i == keys.size() - 1 ? from : keys.get(i + 1).from();
            if (clock.instant().isBefore(replaced.plus(OVERLAP))) {
                next.add(keys.get(i));
            }
        }
        next.add(new Key(HexFormat.of().formatHex(id), from, secret));
        var text = new StringBuilder();
        for (Key key : next) {
            text.append(JsonObject.of(
                                    "id", key.id(),
                                    "from", key.from().toString(),
                                    "secret", HexFormat.of().formatHex(key.secret()))
                            .toJson())
                    .append('\n');
        }
        DataFolder.writePrivate(file(pair), text.toString());
        return next.getLast();
    }

    /** Makes a key for {@code pair} when it has none, or when its newest has lived its life; true when it did. */
    public boolean addWhenDue(ServicePair pair) throws IOException, ServiceKeyException {
        Instant now = clock.instant();
        List<Key> keys = Files.exists(file(pair)) ? read(pair) : List.of();
        if (!keys.isEmpty() && now.isBefore(keys.getLast().from().plus(LIFE))) {
            return false;
        }
        add(pair, now);
        return true;
    }

    /** The keys as they lie there, oldest first; never empty. */
    List<Key> read(ServicePair pair) throws ServiceKeyException {
        return read(file(pair));
    }

    private static List<Key> read(Path file) throws ServiceKeyException {
        try {
            if (openToOthers(file)) {
                throw new ServiceKeyException("The keys in " + file + " may be read or written by others ("
                        + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        + "), so they are no secret. Replace them, and chmod 600 the file.");
            }
            if (Files.size(file) > LONGEST_FILE) {
                throw new ServiceKeyException(
                        file + " is longer than " + LONGEST_FILE + " bytes; take the keys out that are over.");
            }
            return parsed(file, Files.readAllLines(file));
        } catch (NoSuchFileException e) {
            throw new ServiceKeyException(
                    "There are no keys in " + file + ", which is where those of that pair of services belong.");
        } catch (IOException e) {
            throw new ServiceKeyException(file + " can't be read ("
                    + e.getClass().getSimpleName() + "); see that the server's user may read it.");
        }
    }

    private static List<Key> parsed(Path file, List<String> lines) throws ServiceKeyException {
        List<Key> keys = new ArrayList<>();
        for (String line : lines) {
            if (line.isBlank()) {
                continue;
            }
            Optional<Key> key = key(line);
            if (key.isEmpty()
                    || (!keys.isEmpty()
                            && !keys.getLast().from().isBefore(key.get().from()))
                    || keys.stream().anyMatch(k -> k.id().equals(key.get().id()))) {
                // The line is a secret: its number says enough.
                throw new ServiceKeyException(
                        "Line " + (keys.size() + 1) + " of " + file
                                + " is no key, or not later than the one before, or has its id; docs/identity.md shows the form.");
            }
            keys.add(key.get());
        }
        if (keys.isEmpty()) {
            throw new ServiceKeyException(file + " holds no key; add a line as docs/identity.md shows it.");
        }
        return List.copyOf(keys);
    }

    private static Optional<Key> key(String line) {
        try {
            JsonObject json = Json.parseObject(line.getBytes(StandardCharsets.UTF_8));
            json.requireOnly(Set.of("id", "from", "secret"));
            byte[] secret = HexFormat.of().parseHex(json.string("secret"));
            return secret.length == SECRET_BYTES
                            && ID.matcher(json.string("id")).matches()
                    ? Optional.of(new Key(json.string("id"), Instant.parse(json.string("from")), secret))
                    : Optional.empty();
        } catch (JsonException | RuntimeException e) {
            return Optional.empty();
        }
    }
}
