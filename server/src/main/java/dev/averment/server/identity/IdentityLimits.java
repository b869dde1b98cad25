package dev.averment.server.identity;

import dev.averment.server.limits.Limit;
import dev.averment.server.limits.Limits;
import dev.averment.server.limits.Limits.Decision;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

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
    static final Limit PROOF_ACCOUNT = new Limit("proof-account", 10, Duration.ofMinutes(10));

    private final Limits limits;

    public IdentityLimits(Limits limits) {
        this.limits = limits;
    }

    /** The longest wait that any of both limits asks for; both are counted in any case. */
    private Optional<Duration> either(Decision first, Decision second) {
        return java.util.stream.Stream.of(first, second)
                .filter(Decision.Refused.class::isInstance)
                .map(d -> ((Decision.Refused) d).retryAfter())
                .max(Duration::compareTo);
    }

    Optional<Duration> signIn(String address, Client client) {
        return either(limits.take(SIGN_IN_ACCOUNT, address), limits.take(SIGN_IN_NETWORK, client.network()));
    }

    Optional<Duration> signUp(String address, Client client) {
        return either(limits.take(MAIL_ACCOUNT, address), limits.take(SIGN_UP_NETWORK, client.network()));
    }

    Optional<Duration> mail(String address, Client client) {
        return either(limits.take(MAIL_ACCOUNT, address), limits.take(MAIL_NETWORK, client.network()));
    }

    Optional<Duration> invitation(String inviter, String address) {
        return either(limits.take(INVITATION_ACCOUNT, inviter), limits.take(MAIL_ACCOUNT, address));
    }

    Optional<Duration> mailedToken(Client client) {
        return one(TOKEN_NETWORK, client.network());
    }

    Optional<Duration> refresh(Client client) {
        return one(REFRESH_NETWORK, client.network());
    }

    Optional<Duration> proof(String account) {
        return one(PROOF_ACCOUNT, account);
    }

    /** Codes of one account, whatever ticket or session they come with: six digits are guessed by many tries, not by luck. */
    Optional<Duration> factor(UUID account) {
        return one(FACTOR_ACCOUNT, account.toString());
    }

    /** Tickets and ceremonies of one network, before it is known whose they are. */
    Optional<Duration> ticket(Client client) {
        return one(FACTOR_NETWORK, client.network());
    }

    private Optional<Duration> one(Limit limit, String key) {
        return limits.take(limit, key) instanceof Decision.Refused refused
                ? Optional.of(refused.retryAfter())
                : Optional.empty();
    }
}
