package dev.averment.server.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.averment.claims.Durations;
import dev.averment.claims.Page;
import dev.averment.server.limits.Limit;
import dev.averment.server.limits.Limits;
import dev.averment.server.limits.Limits.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often somebody may try. Each way in is limited by the account that it is about and by the network that it comes from:
 * the first alone would let one network try every account, the second alone would let a botnet try one account for ever.
 */
public final class IdentityLimits {
    static final Limit SIGN_IN_ACCOUNT = new Limit("sign-in-account", 20, Duration.ofMinutes(10));
    static final Limit SIGN_IN_NETWORK = new Limit("sign-in-network", 200, Duration.ofMinutes(10));
    static final Limit SIGN_UP_NETWORK = new Limit("sign-up-network", 30, Duration.ofHours(1));
    static final Limit MAIL_ACCOUNT = new Limit("mail-account", 5, Duration.ofHours(1));
    static final Limit MAIL_NETWORK = new Limit("mail-network", 60, Duration.ofHours(1));
    static final Limit TOKEN_NETWORK = new Limit("mailed-token-network", 60, Duration.ofMinutes(10));
    static final Limit REFRESH_NETWORK = new Limit("refresh-network", 6_000, Duration.ofMinutes(1));
    static final Limit INVITATION_ACCOUNT = new Limit("invitation-account", 50, Duration.ofHours(1));
    static final Limit FACTOR_ACCOUNT = new Limit("factor-account", 5, Duration.ofMinutes(5));
    static final Limit FACTOR_NETWORK = new Limit("factor-network", 300, Duration.ofMinutes(10));
    static final Limit SUSPICION_ACCOUNT = new Limit("suspicion-account", 1, Duration.ofDays(1));
    static final Limit PROVIDER_NETWORK = new Limit("provider-network", 300, Duration.ofMinutes(10));
    static final Limit PROOF_ACCOUNT = new Limit("proof-account", 10, Duration.ofMinutes(10));

    static final List<Limit> OURS = List.of(
            SIGN_IN_ACCOUNT,
            SIGN_IN_NETWORK,
            SIGN_UP_NETWORK,
            MAIL_ACCOUNT,
            MAIL_NETWORK,
            TOKEN_NETWORK,
            REFRESH_NETWORK,
            INVITATION_ACCOUNT,
            FACTOR_ACCOUNT,
            FACTOR_NETWORK,
            SUSPICION_ACCOUNT,
            PROVIDER_NETWORK,
            PROOF_ACCOUNT);

    private static final Pattern RATE = Pattern.compile("(\\d{1,9})/(\\S+)");

    /** Keys whose last entry is kept in mind; whoever is forgotten leaves one entry more. */
    private static final int NOTED = 50_000;

    private final Limits limits;
    private final Map<String, Limit> stated;
    private final InstantSource clock;
    private final Cache<String, Instant> noted =
            Caffeine.newBuilder().maximumSize(NOTED).executor(Runnable::run).build();

    private IdentityLimits(Limits limits, Map<String, Limit> stated, InstantSource clock) {
        this.limits = limits;
        this.stated = Map.copyOf(stated);
        this.clock = clock;
    }

    /**
     * It was too often.
     *
     * @param time  to wait
     * @param first whether this is the first refusal of its account or network within the window: that one leaves an entry in
     *              the log, and those after it none, or anybody could make the log grow as fast as he can ask
     */
    public record Wait(Duration time, boolean first) {}

    /** The figures above, where no page says otherwise. */
    public static IdentityLimits unstated(Limits limits, InstantSource clock) {
        return new IdentityLimits(limits, Map.of(), clock);
    }

    /**
     * What {@code page} states under {@code policy.limits} by the name of a limit, as in {@code sign-in-account: 20/10m}; the
     * figures above where it is silent. Other names there are other rooms' business.
     *
     * @throws IllegalArgumentException when a rate of ours can't be read
     */
    public static IdentityLimits of(Limits limits, Page page, InstantSource clock) {
        Map<String, Limit> stated = new HashMap<>();
        if (page.policy().get("limits") instanceof Map<?, ?> given) {
            for (Limit ours : OURS) {
                Object rate = given.get(ours.name());
                if (rate != null) {
                    stated.put(ours.name(), parse(ours.name(), String.valueOf(rate)));
                }
            }
        }
        return new IdentityLimits(limits, stated, clock);
    }

    private static Limit parse(String name, String rate) {
        Matcher matcher = RATE.matcher(rate);
        if (!matcher.matches()) {
            throw unreadable(name, rate);
        }
        Duration window = Durations.parse(matcher.group(2)).orElseThrow(() -> unreadable(name, rate));
        return new Limit(name, Integer.parseInt(matcher.group(1)), window);
    }

    private static IllegalArgumentException unreadable(String name, String rate) {
        return new IllegalArgumentException(
                "The page's policy gives limits." + name + " as \"" + rate + "\"; write a rate such as 20/10m.");
    }

    /**
     * One after the other: what is refused by the network is not counted for the account, or one network could fill the memory
     * of the counters with names that it makes up.
     */
    private Optional<Wait> inOrder(Limit first, String key, Limit second, String other) {
        return one(first, key).or(() -> one(second, other));
    }

    Optional<Wait> signIn(String address, Client client) {
        return inOrder(SIGN_IN_NETWORK, client.network(), SIGN_IN_ACCOUNT, address);
    }

    Optional<Wait> signUp(String address, Client client) {
        return inOrder(SIGN_UP_NETWORK, client.network(), MAIL_ACCOUNT, address);
    }

    Optional<Wait> mail(String address, Client client) {
        return inOrder(MAIL_NETWORK, client.network(), MAIL_ACCOUNT, address);
    }

    Optional<Wait> invitation(String inviter, String address) {
        return inOrder(INVITATION_ACCOUNT, inviter, MAIL_ACCOUNT, address);
    }

    Optional<Wait> mailedToken(Client client) {
        return one(TOKEN_NETWORK, client.network());
    }

    Optional<Wait> refresh(Client client) {
        return one(REFRESH_NETWORK, client.network());
    }

    /** Whether the owner is to hear of tries at his account: once a day, or the mail itself would be a way to pester him. */
    boolean tellsOwner(UUID account) {
        return one(SUSPICION_ACCOUNT, account.toString()).isEmpty();
    }

    Optional<Wait> proof(String account) {
        return one(PROOF_ACCOUNT, account);
    }

    /** Codes of one account, whatever ticket or session they come with: six digits are guessed by many tries, not by luck. */
    Optional<Wait> factor(UUID account) {
        return one(FACTOR_ACCOUNT, account.toString());
    }

    /** Tickets and ceremonies of one network, before it is known whose they are. */
    Optional<Wait> ticket(Client client) {
        return one(FACTOR_NETWORK, client.network());
    }

    /** Steps of sign-ins with others: each start, each answer, and each way on is one. */
    Optional<Wait> provider(Client client) {
        return one(PROVIDER_NETWORK, client.network());
    }

    private Optional<Wait> one(Limit limit, String key) {
        Limit rate = stated.getOrDefault(limit.name(), limit);
        return limits.take(rate, key) instanceof Decision.Refused refused
                ? Optional.of(new Wait(refused.retryAfter(), first(rate, key)))
                : Optional.empty();
    }

    private boolean first(Limit rate, String key) {
        Instant now = clock.instant();
        var first = new boolean[1];
        noted.asMap().compute(rate.name() + '|' + key, (_, last) -> {
            first[0] = last == null || !now.isBefore(last.plus(rate.window()));
            return first[0] ? now : last;
        });
        return first[0];
    }
}
