package dev.averment.server.identity.password;

import com.nulabinc.zxcvbn.Zxcvbn;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which passwords may be chosen (NIST SP 800-63B-4 §3.1.1, ASVS 5.0 6.2): long enough, not on a list of passwords that
 * attackers try first, and not made of the words that stand around the account. Nothing is demanded of their characters,
 * nothing is cut off, and nothing makes them expire.
 */
public final class PasswordRules {
    /** In code points, while the password is the only factor. */
    public static final int SHORTEST = 15;

    /** In code points, for an account that has a second factor. */
    public static final int SHORTEST_WITH_FACTOR = 8;

    /** In code points; a bound on what a stranger may have us hash, well over the 64 that must be allowed. */
    public static final int LONGEST = 256;

    /** Guesses that an attacker may make before the password falls; under a hundred million is a matter of minutes. */
    private static final double LEAST_GUESSES = 1e8;

    /** The estimator's time grows with the square of the length. */
    private static final int ESTIMATED = 100;

    private static final List<String> PRODUCT = List.of("averment", "aver", "security", "evidence", "claim", "proven");

    private final Zxcvbn estimator = new Zxcvbn();
    private final PasswordPolicy policy;

    public PasswordRules(PasswordPolicy policy) {
        this.policy = policy;
    }

    /** Why a password can't be chosen. */
    public enum Refusal {
        TOO_SHORT(
                "password-too-short",
                "The password is too short: at least 15 characters, or 8 with a second factor."
                        + " A few words in a row are easy to keep in mind."),
        TOO_LONG("password-too-long", "The password is too long: at most 256 characters, and 72 bytes under bcrypt."),
        UNREADABLE(
                "password-unreadable",
                "The password holds a character that can't be typed again, such as a NUL or"
                        + " half of a surrogate pair. Choose one without it."),
        GUESSABLE(
                "password-guessable",
                "The password is one of those that attackers try first, or made of words that"
                        + " stand around this account. Choose another; four unrelated words are good.");

        private final String slug;
        private final String message;

        Refusal(String slug, String message) {
            this.slug = slug;
            this.message = message;
        }

        public String slug() {
            return slug;
        }

        public String message() {
            return message;
        }
    }

    /**
     * @param around       words that stand around the account: mail address, name, workspace
     * @param secondFactor whether the account has one
     */
    public Optional<Refusal> refusal(String password, List<String> around, boolean secondFactor) {
        int length = password.codePointCount(0, password.length());
        if (length > LONGEST) {
            return Optional.of(Refusal.TOO_LONG);
        }
        if (length < (secondFactor ? SHORTEST_WITH_FACTOR : SHORTEST)) {
            return Optional.of(Refusal.TOO_SHORT);
        }
        if (password.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(password)) {
            return Optional.of(Refusal.UNREADABLE);
        }
        if (policy.scheme() instanceof Scheme.Bcrypt
                && password.getBytes(StandardCharsets.UTF_8).length > PasswordPolicy.BCRYPT_BYTES) {
            return Optional.of(Refusal.TOO_LONG);
        }
        return guessable(password, around) ? Optional.of(Refusal.GUESSABLE) : Optional.empty();
    }

    /** Words that stand around every account here; those of its own address and name come to them. */
    public static List<String> contextWords() {
        return PRODUCT;
    }

    /** Whether a password is too short to be the only factor. */
    public static boolean needsFactor(String password) {
        return password.codePointCount(0, password.length()) < SHORTEST;
    }

    /** How many characters are left when the words that stand around the account are taken out. */
    private static long rest(String password, List<String> words) {
        String rest = password.toLowerCase(Locale.ROOT);
        for (String word : words.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList()) {
            rest = rest.replace(word, "\0");
        }
        return rest.codePoints().filter(c -> c != 0).count();
    }

    private boolean guessable(String password, List<String> around) {
        var words = new java.util.ArrayList<>(PRODUCT);
        for (String text : around) {
            for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
                if (word.length() >= 3 && word.length() <= 64) {
                    words.add(word);
                }
            }
        }
        if (rest(password, words) < SHORTEST_WITH_FACTOR) {
            return true;
        }
        String estimated = password.length() > ESTIMATED ? password.substring(0, ESTIMATED) : password;
        return estimator.measure(estimated, words).getGuesses() < LEAST_GUESSES;
    }
}
