package dev.averment.server.identity.provider;

import com.nimbusds.jose.JWSAlgorithm;
import dev.averment.server.identity.provider.Provider.Kind;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads providers from files, one a provider: {@code ID.properties}. What is missing, unknown or unfit stops the start, and
 * the message says in which file.
 */
public final class ProviderFiles {
    /** In the data folder. */
    public static final String FOLDER = "providers";

    static final int MOST = 20;

    private static final Set<String> KEYS = Set.of(
            "kind",
            "name",
            "issuer",
            "clientId",
            "clientSecretFile",
            "teamId",
            "keyId",
            "privateKeyFile",
            "algorithms",
            "hostedDomain",
            "trustFile");

    /** Signatures that somebody makes who alone has the key. */
    static final Set<JWSAlgorithm> ASYMMETRIC = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private ProviderFiles() {}

    /**
     * The providers of {@code folder}, by their ids; none when there is no such folder.
     *
     * @throws IllegalArgumentException for a file that can't be used as it is
     */
    public static List<Provider> read(Path folder, Instant now) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> f.getFileName().toString().endsWith(".properties"))
                    .sorted()
                    .toList();
        }
        if (files.size() > MOST) {
            throw new IllegalArgumentException("The folder " + folder + " names " + files.size() + " providers; " + MOST
                    + " are as many as a page can show.");
        }
        List<Provider> providers = new ArrayList<>();
        Set<URI> issuers = new HashSet<>();
        for (Path file : files) {
            Provider provider = new Entry(file).provider(now);
            if (!issuers.add(provider.issuer())) {
                throw new IllegalArgumentException("Two files in " + folder + " name the issuer " + provider.issuer()
                        + ": a person would be two. Move one of them away.");
            }
            providers.add(provider);
        }
        return List.copyOf(providers);
    }

    private static final class Entry {
        private final Path file;
        private final Properties lines = new Properties();

        Entry(Path file) throws IOException {
            this.file = file;
            try (Reader reader = Files.newBufferedReader(file)) {
                lines.load(reader);
            }
            Set<String> unknown = new TreeSet<>(lines.stringPropertyNames());
            unknown.removeAll(KEYS);
            if (!unknown.isEmpty()) {
                throw unfit("has " + unknown.iterator().next() + ", which is no setting of a provider; there are "
                        + KEYS.stream().sorted().collect(Collectors.joining(", ")));
            }
        }

        Provider provider(Instant now) {
            String id = file.getFileName().toString().replaceFirst("\\.properties$", "");
            if (!id.matches("[a-z][a-z0-9-]{0,39}")) {
                throw unfit("must be called after the provider, in small letters, digits and -: it is part of"
                        + " addresses");
            }
            Kind kind = Stream.of(Kind.values())
                    .filter(k -> k.word().equals(lines.getProperty("kind", "")))
                    .findFirst()
                    .orElseThrow(() -> unfit("needs kind=google, kind=apple or kind=generic"));
            URI issuer = switch (kind) {
                case GOOGLE -> issuer("https://accounts.google.com");
                case APPLE -> issuer("https://appleid.apple.com");
                case GENERIC -> issuer(null);
            };
            String client = needed("clientId");
            ClientSecret secret = kind == Kind.APPLE
                    ? new ClientSecret.Signed(
                            named("privateKeyFile"), needed("teamId"), needed("keyId"), client, issuer.toString())
                    : new ClientSecret.Shared(named("clientSecretFile"));
            try {
                secret.at(now);
            } catch (IOException e) {
                throw unfit("names a secret that can't be used: " + e.getMessage());
            }
            if (kind != Kind.GOOGLE && lines.containsKey("hostedDomain")) {
                throw unfit("has hostedDomain, which only Google knows");
            }
            return new Provider(
                    id,
                    lines.getProperty("name", Character.toUpperCase(id.charAt(0)) + id.substring(1)),
                    kind,
                    issuer,
                    client,
                    secret,
                    algorithms(),
                    Optional.ofNullable(lines.getProperty("hostedDomain")),
                    lines.containsKey("trustFile") ? Optional.of(named("trustFile")) : Optional.empty());
        }

        private URI issuer(@org.jspecify.annotations.Nullable String known) {
            String text = known == null ? needed("issuer") : lines.getProperty("issuer", known);
            URI issuer;
            try {
                issuer = URI.create(text);
            } catch (IllegalArgumentException e) {
                throw unfit("gives an issuer that is no address: " + text);
            }
            if (!"https".equals(issuer.getScheme())
                    || issuer.getHost() == null
                    || issuer.getRawQuery() != null
                    || issuer.getRawFragment() != null
                    || issuer.getRawUserInfo() != null) {
                throw unfit("gives the issuer " + text + "; an issuer is an https address without query and fragment"
                        + " (OpenID Connect Core 1.0 §2)");
            }
            return issuer;
        }

        private Set<JWSAlgorithm> algorithms() {
            Set<JWSAlgorithm> named = Stream.of(
                            lines.getProperty("algorithms", "RS256").split("[,\\s]+"))
                    .map(JWSAlgorithm::new)
                    .collect(Collectors.toSet());
            if (!ASYMMETRIC.containsAll(named)) {
                throw unfit("names algorithms that tell nobody who signed; take some of "
                        + ASYMMETRIC.stream()
                                .map(JWSAlgorithm::getName)
                                .sorted()
                                .collect(Collectors.joining(", ")));
            }
            return named;
        }

        private String needed(String key) {
            String value = lines.getProperty(key, "").strip();
            if (value.isEmpty() || value.length() > 255) {
                throw unfit("needs " + key + "=, of at most 255 characters");
            }
            return value;
        }

        /** A relative name counts from the folder of the file. */
        private Path named(String key) {
            Path named = file.resolveSibling(needed(key));
            if (!Files.isReadable(named)) {
                throw unfit("names " + named + " as " + key + ", which is not there or can't be read");
            }
            return named;
        }

        private IllegalArgumentException unfit(String what) {
            return new IllegalArgumentException("The provider's file " + file + " " + what + ".");
        }
    }
}
