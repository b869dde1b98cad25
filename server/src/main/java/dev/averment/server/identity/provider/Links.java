package dev.averment.server.identity.provider;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who accounts are elsewhere. Found by issuer and subject and by nothing else: an address proves nobody (ASVS 6.8.1). */
public final class Links {
    private final LinkStore store = new LinkStore();
    private final InstantSource clock;

    public Links(InstantSource clock) {
        this.clock = clock;
    }

    public Optional<Link> find(JdbcClient jdbc, ProviderIdentity who) {
        return store.find(jdbc, who.issuer(), who.subject());
    }

    /** As {@link #find}; nobody takes it away until the transaction is over. */
    public Optional<Link> locked(JdbcClient jdbc, ProviderIdentity who) {
        return store.lock(jdbc, who.issuer(), who.subject());
    }

    /** @throws org.springframework.dao.DuplicateKeyException when somebody was quicker with the same identity */
    public void make(JdbcClient jdbc, UUID account, ProviderIdentity who) {
        store.insert(jdbc, UUID.randomUUID(), account, who, clock.instant());
    }

    public void used(JdbcClient jdbc, Link link) {
        store.used(jdbc, link.id(), clock.instant());
    }

    /** Oldest first. */
    public List<Link> of(JdbcClient jdbc, UUID account) {
        return store.of(jdbc, account);
    }

    /** False when the account has no such link. */
    public boolean remove(JdbcClient jdbc, UUID account, UUID link) {
        return store.delete(jdbc, account, link);
    }
}
