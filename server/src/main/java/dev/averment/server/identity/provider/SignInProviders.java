package dev.averment.server.identity.provider;

import dev.averment.server.identity.Client;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.session.Session;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The providers that this server lets people sign in with, as the pages show them. Where none is configured there is no such
 * bean, and the pages have no place for it.
 */
public interface SignInProviders {

    /**
     * @param id   as in {@code /sign-in/with/ID}: small letters, digits and hyphens
     * @param name as people know it
     */
    record Provider(String id, String name) {}

    /**
     * An account elsewhere that signs somebody in.
     *
     * @param subject what the provider calls the person, such as a mail address
     */
    record Link(UUID id, String provider, String subject, Instant made) {}

    /** In the order in which they are shown. */
    List<Provider> offered();

    /** What signs the person of {@code session} in. */
    List<Link> links(Session session);

    /** Takes a link away; wants a fresh proof, and refuses the last way in. */
    Outcome<Boolean> unlink(Session session, UUID link, Client client);
}
