package dev.averment.server.identity.factor;

import dev.averment.evidence.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What somebody holds who has shown the first factor and not the second: good for one account, for five minutes, for one
 * session. It opens nothing by itself. 256 random bits, of which the database has the digest.
 */
public final class Tickets {
    public static final Duration LIFE = Duration.ofMinutes(5);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

    /** What is granted for the second factor: a session, or that an open one counts as fresh. */
    public enum Purpose {
        SIGN_IN("sign-in"),
        PROVE("prove");

        private final String word;

        Purpose(String word) {
            this.word = word;
        }
    }

    /**
     * @param session that it proves, absent for a sign-in
     * @param shown   what the person has shown before
     */
    public record Ticket(UUID account, Optional<UUID> session, Set<String> shown) {}

    private final TicketStore store = new TicketStore();
    private final InstantSource clock;

    public Tickets(InstantSource clock) {
        this.clock = clock;
    }

    public String forSignIn(JdbcClient jdbc, UUID account, Set<String> shown) {
        return make(jdbc, account, Optional.empty(), Purpose.SIGN_IN, shown);
    }

    public String forProof(JdbcClient jdbc, UUID account, UUID session, Set<String> shown) {
        return make(jdbc, account, Optional.of(session), Purpose.PROVE, shown);
    }

    private String make(JdbcClient jdbc, UUID account, Optional<UUID> session, Purpose purpose, Set<String> shown) {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Instant now = clock.instant();
        store.insert(jdbc, hash(ticket), account, session.orElse(null), purpose.word, shown, now, now.plus(LIFE));
        return ticket;
    }

    /**
     * The ticket, if it is good: not used, not expired, of an account that can sign in and whose sessions were not all ended
     * since. It stays locked until the transaction is over, and good until {@link #use}: a mistyped code costs a try and
     * not the password again.
     */
    public Optional<Ticket> lock(JdbcClient jdbc, String ticket, Purpose purpose) {
        return FORM.matcher(ticket).matches()
                ? store.lock(jdbc, hash(ticket), purpose.word, clock.instant())
                : Optional.empty();
    }

    /** Ends every ticket of an account: what was shown for it counts no longer. */
    public void forget(JdbcClient jdbc, UUID account) {
        store.delete(jdbc, account);
    }

    public void use(JdbcClient jdbc, String ticket) {
        store.use(jdbc, hash(ticket), clock.instant());
    }

    private static byte[] hash(String ticket) {
        return Hash.sha256(ticket.getBytes(StandardCharsets.US_ASCII)).bytes();
    }
}
