package dev.averment.server.identity.provider;

import com.nimbusds.oauth2.sdk.Scope;
import dev.averment.server.identity.provider.Flow.Purpose;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The providers that the operator has named. */
public final class Providers implements SignInProviders, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, RemoteProvider> byId = new LinkedHashMap<>();
    private final URI base;

    /** @param base address under which browsers reach this server, and come back to it */
    public Providers(Collection<Provider> providers, URI base, InstantSource clock) throws IOException {
        this(providers, base, PATIENCE, clock);
    }

    Providers(Collection<Provider> providers, URI base, Duration patience, InstantSource clock) throws IOException {
        this.base = base;
        for (Provider provider : providers) {
            byId.put(provider.id(), new RemoteProvider(provider, patience, clock));
        }
    }

    public Optional<Provider> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(RemoteProvider::provider);
    }

    /** The one with this issuer; empty when the operator has taken it away again. */
    public Optional<Provider> byIssuer(String issuer) {
        return byId.values().stream()
                .map(RemoteProvider::provider)
                .filter(p -> p.issuer().toString().equals(issuer))
                .findFirst();
    }

    @Override
    public List<Shown> all() {
        return byId.values().stream()
                .map(RemoteProvider::provider)
                .map(p -> new Shown(p.id(), p.name(), p.kind().word()))
                .toList();
    }

    private URI back(Provider provider) {
        return base.resolve("/sign-in/with/" + provider.id() + "/return");
    }

    private RemoteProvider remote(Provider provider) {
        RemoteProvider remote = byId.get(provider.id());
        if (remote == null) {
            throw new IllegalStateException("no provider " + provider.id());
        }
        return remote;
    }

    /**
     * Where to send a browser. Only what is needed is asked for: a name only where it may name a new account (ASVS 10.2.3), and
     * not of Apple, which tells it outside of everything that it signs.
     */
    public URI authorization(Provider provider, Purpose purpose, FlowSecrets secrets) throws ProviderException {
        Scope scope = new Scope("openid", "email");
        if (purpose == Purpose.SIGN_IN && !provider.answersByForm()) {
            scope.add("profile");
        }
        return remote(provider).authorization(back(provider), scope, purpose == Purpose.PROVE, secrets);
    }

    /**
     * Who came back with {@code code}.
     *
     * @param issuer that the answer names, or nothing
     */
    public ProviderIdentity identity(Provider provider, String code, String issuer, FlowSecrets secrets)
            throws ProviderException {
        RemoteProvider remote = remote(provider);
        remote.named(issuer);
        return remote.exchange(code, back(provider), secrets);
    }

    @Override
    public void close() throws IOException {
        for (RemoteProvider each : byId.values()) {
            each.close();
        }
    }
}
