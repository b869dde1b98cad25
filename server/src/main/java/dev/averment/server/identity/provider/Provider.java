package dev.averment.server.identity.provider;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody whose word is taken for who a person is, as the operator has named him.
 *
 * @param id           in addresses, such as {@code google}
 * @param name         as people are shown it
 * @param issuer       as the provider writes itself; compared letter by letter (ASVS 10.5.3)
 * @param clientId     under which this server is known there
 * @param secret       with which it proves that
 * @param algorithms   with which ID tokens may be signed; never one with a shared secret, never none (ASVS 9.1.2)
 * @param hostedDomain the only Google Workspace whose people may come in
 * @param trust        PEM file of the only authorities that vouch for its certificate; without it the machine's, and then
 *                     only at addresses of the public internet
 */
public record Provider(
        String id,
        String name,
        Kind kind,
        URI issuer,
        String clientId,
        ClientSecret secret,
        Set<JWSAlgorithm> algorithms,
        Optional<String> hostedDomain,
        Optional<Path> trust) {

    /** What has to be known of a provider beyond the standard. */
    public enum Kind {
        GOOGLE("google"),
        APPLE("apple"),
        GENERIC("generic");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public Provider {
        algorithms = Set.copyOf(algorithms);
    }

    /** Apple answers with a form from its own page when it is asked for a name or an address; others with a redirect. */
    public boolean answersByForm() {
        return kind == Kind.APPLE;
    }

    /** Whether the sign-in cookie must come along with a form that a page of the provider sends. */
    public String flowSameSite() {
        return answersByForm() ? "None" : "Lax";
    }
}
