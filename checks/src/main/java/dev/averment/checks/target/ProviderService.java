package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The OpenID providers of a {@link SignInService}, and what is needed to be one of them for the length of a look. */
public interface ProviderService {

    /** Every provider to which the service sends people, as of {@code now}. */
    List<Named> providers(Instant now) throws CollectException;

    /** Makes the last proof of every session of the account so old that it counts no more. It is the check's own account. */
    void ageProofs(String address) throws CollectException;

    /** Leaves the account without a password. It is the check's own account. */
    void removePassword(String address) throws CollectException;

    /** Where a browser begins to sign in with a provider. */
    default String start(String provider) {
        return "/sign-in/with/" + provider;
    }

    /** Where the provider sends it back to. */
    default String back(String provider) {
        return start(provider) + "/return";
    }

    /** GET lists {@code links}, each with {@code id}; POST {@code provider, to} answers {@code location}; DELETE with {@code /ID}. */
    default String links() {
        return "/api/v1/account/links";
    }

    /** Whatever has to be known of a provider beyond the standard. */
    enum Kind {
        GOOGLE,
        APPLE,
        GENERIC
    }

    /**
     * A provider as the service knows it.
     *
     * @param issuer as it writes itself, to the letter
     * @param client under which the service is known there
     * @param place  what it takes to be this provider; empty for one that others run
     */
    record Named(String id, Kind kind, URI issuer, String client, Optional<Place> place) {}

    /**
     * What it takes to be a provider on this machine. All of it is secret.
     *
     * @param tls      holds the key of the provider's certificate, without a password
     * @param signing  the key of its ID tokens (RSA)
     * @param proof    with which the service proves who it is
     */
    record Place(KeyStore tls, KeyPair signing, Proof proof) {
        @Override
        public String toString() {
            return "the place of a provider";
        }
    }

    /** With what the service proves to a provider who it is. */
    sealed interface Proof {
        /** A secret that both have. */
        record Shared(String secret) implements Proof {
            @Override
            public String toString() {
                return "a shared secret";
            }
        }

        /** Apple's: a token that the service signs (ES256). */
        record Signed(String team, String key, PublicKey verifies) implements Proof {}
    }
}
