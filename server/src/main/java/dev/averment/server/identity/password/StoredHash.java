package dev.averment.server.identity.password;

import dev.averment.server.identity.password.Scheme.Argon2id;
import dev.averment.server.identity.password.Scheme.Bcrypt;
import dev.averment.server.identity.password.Scheme.Scrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A password as it is stored: PHC string format for Argon2id and scrypt, modular crypt format for bcrypt. Reading is
 * strict, because the figures say how much memory a comparison takes.
 */
public final class StoredHash {
    private static final int SALT = 16;
    private static final int TAG = 32;
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getDecoder();
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final Pattern ARGON2ID = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d?),p=([1-9]\\d?)\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");
    private static final Pattern SCRYPT = Pattern.compile(
            "\\$scrypt\\$ln=([1-9]\\d?),r=([1-9]\\d?),p=([1-9]\\d?)\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[aby]\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");

    private final String encoded;
    private final Scheme scheme;
    private final byte[] salt;
    private final byte[] tag;

    private StoredHash(String encoded, Scheme scheme, byte[] salt, byte[] tag) {
        this.encoded = encoded;
        this.scheme = scheme;
        this.salt = salt;
        this.tag = tag;
    }

    /** Hashes {@code password} with a new salt. Takes the memory and time that the scheme says. */
    public static StoredHash make(String password, Scheme scheme) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return switch (scheme) {
            case Argon2id argon -> {
                byte[] tag = argon2id(password, argon, salt);
                yield new StoredHash(
                        "$argon2id$v=19$" + argon.figures() + "$" + ENCODER.encodeToString(salt) + "$"
                                + ENCODER.encodeToString(tag),
                        argon,
                        salt,
                        tag);
            }
            case Scrypt scrypt -> {
                byte[] tag = scrypt(password, scrypt, salt);
                yield new StoredHash(
                        "$scrypt$" + scrypt.figures() + "$" + ENCODER.encodeToString(salt) + "$"
                                + ENCODER.encodeToString(tag),
                        scrypt,
                        salt,
                        tag);
            }
            case Bcrypt bcrypt ->
                new StoredHash(
                        OpenBSDBCrypt.generate("2b", password.getBytes(StandardCharsets.UTF_8), salt, bcrypt.cost()),
                        bcrypt,
                        salt,
                        new byte[0]);
        };
    }

    /** Empty for anything that {@link #make} could not have written, figures above the ceiling included. */
    public static Optional<StoredHash> parse(String encoded) {
        Matcher argon = ARGON2ID.matcher(encoded);
        if (argon.matches()) {
            return checked(
                    encoded,
                    new Argon2id(number(argon, 1), number(argon, 2), number(argon, 3)),
                    argon.group(4),
                    argon.group(5));
        }
        Matcher scrypt = SCRYPT.matcher(encoded);
        if (scrypt.matches() && number(scrypt, 1) < 31) {
            return checked(
                    encoded,
                    new Scrypt(1 << number(scrypt, 1), number(scrypt, 2), number(scrypt, 3)),
                    scrypt.group(4),
                    scrypt.group(5));
        }
        Matcher bcrypt = BCRYPT.matcher(encoded);
        if (bcrypt.matches()) {
            return checked(encoded, new Bcrypt(number(bcrypt, 1)), "", "");
        }
        return Optional.empty();
    }

    private static Optional<StoredHash> checked(String encoded, Scheme scheme, String salt, String tag) {
        if (scheme.aboveCeiling()) {
            return Optional.empty();
        }
        try {
            byte[] saltBytes = DECODER.decode(salt);
            byte[] tagBytes = DECODER.decode(tag);
            // The last letter has bits to spare: with others than zeros there it is not what we wrote.
            return ENCODER.encodeToString(saltBytes).equals(salt)
                            && ENCODER.encodeToString(tagBytes).equals(tag)
                    ? Optional.of(new StoredHash(encoded, scheme, saltBytes, tagBytes))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /**
     * Compares in constant time; costs what {@link #make} cost. Text that has no bytes of its own (half of a surrogate pair
     * would become a question mark) or has a NUL is no password of anybody: bcrypt repeats what stands before a NUL, and
     * scrypt can't tell one at the end from none.
     */
    public boolean matches(String password) {
        boolean fits = fits(password);
        return fits
                && password.indexOf('\0') < 0
                && StandardCharsets.UTF_8.newEncoder().canEncode(password);
    }

    private boolean fits(String password) {
        return switch (scheme) {
            case Argon2id argon -> MessageDigest.isEqual(tag, argon2id(password, argon, salt));
            case Scrypt scrypt -> MessageDigest.isEqual(tag, scrypt(password, scrypt, salt));
            case Bcrypt _ -> {
                byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
                yield bytes.length <= PasswordPolicy.BCRYPT_BYTES && OpenBSDBCrypt.checkPassword(encoded, bytes);
            }
        };
    }

    public Scheme scheme() {
        return scheme;
    }

    /** What goes into the database. */
    public String encoded() {
        return encoded;
    }

    /** Without salt and tag, so that a log line can't be attacked. */
    @Override
    public String toString() {
        return scheme.word() + " " + scheme.figures();
    }

    private static byte[] argon2id(String password, Argon2id scheme, byte[] salt) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(scheme.memory())
                .withIterations(scheme.time())
                .withParallelism(scheme.parallelism())
                .withSalt(salt)
                .build());
        byte[] tag = new byte[TAG];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
        return tag;
    }

    private static byte[] scrypt(String password, Scrypt scheme, byte[] salt) {
        return SCrypt.generate(
                password.getBytes(StandardCharsets.UTF_8),
                salt,
                scheme.cost(),
                scheme.blockSize(),
                scheme.parallelism(),
                TAG);
    }
}
