package dev.averment.server.identity.password;

import dev.averment.claims.Page;
import dev.averment.server.identity.password.Scheme.Argon2id;
import dev.averment.server.identity.password.Scheme.Bcrypt;
import dev.averment.server.identity.password.Scheme.Scrypt;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How new passwords are stored while a page is in force: {@code policy.passwords} of the operator's page. */
public record PasswordPolicy(Scheme scheme) {
    /** What bcrypt reads of a password; a longer one is refused, never cut (CVE-2025-22228). */
    public static final int BCRYPT_BYTES = 72;

    /** RFC 9106 §4, second recommended choice but for lanes: more of them gain nothing on one core. */
    private static final Argon2id DEFAULT = new Argon2id(64 * Scheme.MIB, 3, 1);

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})\\s*([KMG])iB", Pattern.CASE_INSENSITIVE);

    public PasswordPolicy {
        if (scheme.belowFloor()) {
            throw new IllegalArgumentException("The page's policy stores passwords as " + scheme.word() + " "
                    + scheme.figures() + ", which is under the published minimum. Raise it: argon2id of 64MiB and 3"
                    + " passes, scrypt of cost 131072 and 128MiB, or bcrypt of cost 10 at least.");
        }
        if (scheme.aboveCeiling()) {
            throw new IllegalArgumentException("The page's policy stores passwords as " + scheme.word() + " "
                    + scheme.figures() + ", more than one sign-in may cost. Lower it to at most 256MiB, 10 passes,"
                    + " and 16 for bcrypt.");
        }
    }

    /**
     * The policy that {@code page} states, Argon2id of 64 MiB and three passes where it is silent.
     *
     * @throws IllegalArgumentException when the figures are under the floor, above the ceiling, or don't fit together
     */
    public static PasswordPolicy of(Page page) {
        if (!(page.policy().get("passwords") instanceof Map<?, ?> stated)) {
            return new PasswordPolicy(DEFAULT);
        }
        String hash = String.valueOf(stated.get("hash")).toLowerCase(Locale.ROOT);
        return new PasswordPolicy(
                switch (hash) {
                    case "argon2id" ->
                        new Argon2id(
                                kibibytes(stated, DEFAULT.memory()),
                                number(stated, "time", DEFAULT.time()),
                                number(stated, "parallelism", 1));
                    case "scrypt" -> scrypt(stated);
                    case "bcrypt" -> new Bcrypt(number(stated, "cost", 10));
                    default ->
                        throw new IllegalArgumentException("The page's policy names the password hash \"" + hash
                                + "\"; give argon2id, scrypt or bcrypt.");
                });
    }

    /** Memory is 128 · N · r bytes: N is given, r follows. */
    private static Scrypt scrypt(Map<?, ?> stated) {
        int cost = number(stated, "cost", 1 << 17);
        long memory = kibibytes(stated, 128 * Scheme.MIB) * 1024L;
        if (Integer.bitCount(cost) != 1 || cost < 2 || memory % (128L * cost) != 0) {
            throw new IllegalArgumentException("The page's policy gives scrypt a cost of " + cost + " and a memory of "
                    + memory / 1024 + "KiB, which don't fit together. The cost is a power of two, and the memory 128"
                    + " bytes times the cost times the block size: 131072 and 128MiB make a block size of 8.");
        }
        int blockSize = Math.toIntExact(memory / (128L * cost));
        return new Scrypt(cost, blockSize, number(stated, "parallelism", 1));
    }

    private static int number(Map<?, ?> stated, String key, int missing) {
        Object value = stated.get(key);
        if (value == null) {
            return missing;
        }
        String text = String.valueOf(value);
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("The page's policy gives passwords a " + key + " of \"" + text
                    + "\"; write a whole number such as " + missing + ".");
        }
        return Integer.parseInt(text);
    }

    private static int kibibytes(Map<?, ?> stated, int missing) {
        Object value = stated.get("memory");
        if (value == null) {
            return missing;
        }
        Matcher size = SIZE.matcher(String.valueOf(value));
        if (!size.matches()) {
            throw new IllegalArgumentException(
                    "The page's policy gives passwords a memory of \"" + value + "\"; write it as in 64MiB.");
        }
        int unit = switch (size.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> 1;
            case "M" -> 1024;
            default -> 1024 * 1024;
        };
        // Of a size that no int holds, the ceiling has the same to say as of one that an int does.
        return Math.clamp(Long.parseLong(size.group(1)) * unit, 0, Integer.MAX_VALUE);
    }

    /** True when {@code stored} is weaker than what is made now, or of another scheme: hash anew at the next sign-in. */
    public boolean outdated(StoredHash stored) {
        return switch (scheme) {
            case Argon2id now ->
                !(stored.scheme() instanceof Argon2id was)
                        || was.memory() < now.memory()
                        || was.time() < now.time()
                        || was.parallelism() != now.parallelism();
            case Scrypt now ->
                !(stored.scheme() instanceof Scrypt was)
                        || was.cost() < now.cost()
                        || was.blockSize() < now.blockSize()
                        || was.parallelism() < now.parallelism();
            case Bcrypt now -> !(stored.scheme() instanceof Bcrypt was) || was.cost() < now.cost();
        };
    }
}
