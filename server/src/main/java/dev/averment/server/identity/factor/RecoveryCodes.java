package dev.averment.server.identity.factor;

import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ten codes for the day on which the other factors are lost, each good once. 125 random bits: more than the 112 from which a
 * plain digest is enough (ASVS 6.5.2), written without letters that look alike.
 */
public final class RecoveryCodes {
    public static final int COUNT = 10;

    private static final int LENGTH = 25;
    private static final Pattern FORM = Pattern.compile("[0-9a-hjkmnp-tv-z]{25}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final RecoveryCodeStore store = new RecoveryCodeStore();
    private final InstantSource clock;

    public RecoveryCodes(InstantSource clock) {
        this.clock = clock;
    }

    /** New codes; those from before are no longer good. They are shown this once. */
    public List<String> make(JdbcClient jdbc, UUID account) {
        store.deleteAll(jdbc, account);
        Instant now = clock.instant();
        var codes = new ArrayList<String>();
        for (int i = 0; i < COUNT; i++) {
            byte[] random = new byte[16];
            RANDOM.nextBytes(random);
            String code = Base32.encode(random, Base32.READABLE).substring(0, LENGTH);
            store.insert(jdbc, hash(account, code), account, now);
            codes.add(String.join("-", code.split("(?<=\\G.{5})")));
        }
        return List.copyOf(codes);
    }

    /** Uses a code up. */
    public Verdict take(JdbcClient jdbc, UUID account, String typed) {
        if (typed.length() > 100) {
            return Verdict.REFUSED;
        }
        String code = plain(typed);
        if (!FORM.matcher(code).matches()) {
            return Verdict.REFUSED;
        }
        byte[] hash = hash(account, code);
        if (store.use(jdbc, hash, account, clock.instant())) {
            return Verdict.ACCEPTED;
        }
        return store.used(jdbc, hash, account) ? Verdict.REPLAYED : Verdict.REFUSED;
    }

    public int left(JdbcClient jdbc, UUID account) {
        return store.left(jdbc, account);
    }

    public void remove(JdbcClient jdbc, UUID account) {
        store.deleteAll(jdbc, account);
    }

    private static String plain(String typed) {
        return typed.toLowerCase(Locale.ROOT)
                .replaceAll("[\\s-]", "")
                .replace('o', '0')
                .replace('i', '1')
                .replace('l', '1');
    }

    /** What is kept of a code. */
    public static byte[] digest(UUID account, String typed) {
        return hash(account, plain(typed));
    }

    private static byte[] hash(UUID account, String code) {
        return Hash.sha256(("recovery-code|" + account + '|' + code).getBytes(StandardCharsets.UTF_8))
                .bytes();
    }
}
