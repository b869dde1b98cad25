package dev.averment.server.identity.provider;

import java.time.Instant;
import java.util.Optional;

/**
 * Whom a provider has signed in.
 *
 * @param issuer    with the subject, who it is (ASVS 6.8.1)
 * @param subject   never given to anybody else by this issuer
 * @param email     as the provider has it; tells nobody who it is
 * @param confirmed whether the provider answers for the address: for whoever has no account yet
 * @param name      as the provider has it
 * @param asked     when the provider last asked its person for a proof ({@code auth_time}); absent when it does not say
 */
public record ProviderIdentity(
        String issuer,
        String subject,
        Optional<String> email,
        boolean confirmed,
        Optional<String> name,
        Optional<Instant> asked) {}
