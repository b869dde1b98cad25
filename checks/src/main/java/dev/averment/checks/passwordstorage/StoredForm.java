package dev.averment.checks.passwordstorage;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a stored password shows of how it was made. Salt and tag stay out: facts are published. */
final class StoredForm {
    private static final Pattern ARGON2 =
            Pattern.compile("\\$(argon2(?:id|i|d))\\$(?:v=\\d+\\$)?m=(\\d{1,9}),t=(\\d{1,9}),p=(\\d{1,9})\\$\\S+");
    private static final Pattern SCRYPT = Pattern.compile("\\$scrypt\\$ln=(\\d{1,2}),r=(\\d{1,6}),p=(\\d{1,6})\\$\\S+");
    private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]?\\$(\\d\\d)\\$[./A-Za-z0-9]{53}");
    private static final Pattern DIGEST =
            Pattern.compile("(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64}|[0-9a-fA-F]{128})");

    private StoredForm() {}

    /** @param password whose form it is, for a service that keeps the password itself */
    static Map<String, Object> facts(String stored, String password) {
        Map<String, Object> facts = new HashMap<>();
        Matcher argon = ARGON2.matcher(stored);
        Matcher scrypt = SCRYPT.matcher(stored);
        Matcher bcrypt = BCRYPT.matcher(stored);
        if (stored.contains(password)) {
            facts.put("hash", "plain text");
        } else if (argon.matches()) {
            facts.put("hash", argon.group(1));
            facts.put("memoryKiB", Long.valueOf(argon.group(2)));
            facts.put("time", Long.valueOf(argon.group(3)));
            facts.put("parallelism", Long.valueOf(argon.group(4)));
        } else if (scrypt.matches()) {
            long cost = 1L << Math.min(Integer.parseInt(scrypt.group(1)), 40);
            facts.put("hash", "scrypt");
            facts.put("cost", cost);
            // RFC 7914: 128 bytes times N times r.
            facts.put("memoryKiB", cost * Long.parseLong(scrypt.group(2)) / 8);
            facts.put("parallelism", Long.valueOf(scrypt.group(3)));
        } else if (bcrypt.matches()) {
            facts.put("hash", "bcrypt");
            facts.put("cost", Long.valueOf(bcrypt.group(1)));
        } else if (DIGEST.matcher(stored).matches()) {
            facts.put("hash", "a bare digest");
        } else {
            facts.put("hash", "an unknown form");
        }
        return facts;
    }
}
