package dev.averment.server.identity.actor;

import dev.averment.server.identity.IdentityTransactions;
import dev.averment.server.identity.factor.FactorPolicy;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.workspace.Caller;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets another service in, on behalf of a person whose session still lives. The person is the one in the signed token:
 * nothing else of the request is asked who it is (ASVS 8.3.3). A token is used up by the first request that bears it,
 * whatever comes of that.
 */
public final class ServiceDoor {
    private static final Logger log = LoggerFactory.getLogger(ServiceDoor.class);

    private final SpentTokenStore spent = new SpentTokenStore();
    private final String name;
    private final ActorTokens tokens;
    private final IdentityTransactions transactions;
    private final Sessions sessions;
    private final FactorPolicy factors;
    private final InstantSource clock;

    /** @param name of this service, the audience of tokens for it */
    public ServiceDoor(
            String name,
            ActorTokens tokens,
            IdentityTransactions transactions,
            Sessions sessions,
            FactorPolicy factors,
            InstantSource clock) {
        this.name = name;
        this.tokens = tokens;
        this.transactions = transactions;
        this.sessions = sessions;
        this.factors = factors;
        this.clock = clock;
    }

    /**
     * Who was let in.
     *
     * @param service that calls
     * @param actor   on whose behalf
     */
    public record Guest(String service, Actor actor) {
        /** The person as the workspace's door takes it. No proof of presence passes from service to service. */
        public Caller.Person person() {
            return new Caller.Person(actor.account(), actor.session(), false);
        }
    }

    /** Empty for whatever is not right in all; the log says why, and the asker is not told. */
    public Optional<Guest> enter(String authorization, String actor, String method, String path) {
        return switch (tokens.verify(name, authorization, actor, method, path)) {
            case ActorTokens.Verified.Bad bad -> {
                log.warn("A call of {} {} by a service was refused: {}", method, path, bad.why());
                yield Optional.empty();
            }
            case ActorTokens.Verified.Good good -> entered(good, method, path);
        };
    }

    private Optional<Guest> entered(ActorTokens.Verified.Good good, String method, String path) {
        String refusal = transactions.in(jdbc -> {
            if (!spent.spend(jdbc, good.token(), good.expires(), clock.instant())) {
                return "the actor's token was used before";
            }
            Optional<Session> session = sessions.alive(jdbc, good.actor().session())
                    .filter(s -> s.account().equals(good.actor().account()));
            if (session.isEmpty()) {
                return "the actor's session has ended";
            }
            return factors.letsThrough(session.get()) ? "" : "the actor has not shown the factor that the page demands";
        });
        if (!refusal.isEmpty()) {
            log.warn("A call of {} {} by the service {} was refused: {}", method, path, good.caller(), refusal);
            return Optional.empty();
        }
        return Optional.of(new Guest(good.caller(), good.actor()));
    }
}
