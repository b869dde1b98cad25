package dev.averment.server.identity;

import dev.averment.claims.Page;
import dev.averment.server.identity.actor.ActorPolicy;
import dev.averment.server.identity.actor.ActorTokens;
import dev.averment.server.identity.actor.ServiceDoor;
import dev.averment.server.identity.actor.ServiceKeyException;
import dev.averment.server.identity.actor.ServiceKeys;
import dev.averment.server.identity.actor.ServicePair;
import dev.averment.server.identity.factor.FactorPolicy;
import dev.averment.server.identity.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts together how services call each other, under the policy of the page in force. */
@Configuration(proxyBeanMethods = false)
class ActorWiring {
    private static final Logger log = LoggerFactory.getLogger(ActorWiring.class);

    /** With a key for the checks, which are a caller like any other; where the folder is mounted to be read, its owner makes it. */
    @Bean
    ServiceKeys serviceKeys(OwnService own, InstantSource clock) throws IOException {
        var keys = new ServiceKeys(own.keys(), clock);
        if (Files.isDirectory(own.keys()) && !Files.isWritable(own.keys())) {
            return keys;
        }
        try {
            keys.addWhenDue(new ServicePair(ShownToChecks.PROVER, own.name()));
        } catch (ServiceKeyException e) {
            // Nobody is let in under such keys, and the check of actor tokens says so; the rest of the server is sound.
            log.warn("{}", e.getMessage());
        }
        return keys;
    }

    @Bean
    ActorTokens actorTokens(ServiceKeys keys, Page page, InstantSource clock) {
        return new ActorTokens(keys, ActorPolicy.of(page), clock);
    }

    @Bean
    ServiceDoor serviceDoor(
            OwnService own,
            ActorTokens tokens,
            IdentityTransactions transactions,
            Sessions sessions,
            FactorPolicy factors,
            InstantSource clock) {
        return new ServiceDoor(own.name(), tokens, transactions, sessions, factors, clock);
    }
}
