package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.ProviderService;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.LocalAuthority;
import dev.averment.server.identity.provider.ClientSecret;
import dev.averment.server.identity.provider.Provider;
import dev.averment.server.identity.provider.ProviderFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Providers that a check stands in for: files of providers as an operator would write them, which lead to a port of this machine,
 * and beside them in {@code providers/stand-in} what it takes to answer there. Whoever makes a server for proofs writes them
 * before it starts; the server itself never does, and reads of them what it reads of every provider.
 */
public final class StandInProviders {
    private static final String HOST = "127.0.0.1";
    private static final String KIT = "stand-in";
    private static final String SIGNING = "signing.pk8";
    private static final String APPLE = "apple";
    private static final String TEAM = "TEAM000001";
    private static final String KEY = "KEY0000001";

    private StandInProviders() {}

    /**
     * Writes providers of these ids into a data folder that no server has used yet. {@code google} and {@code apple} are of
     * those kinds, all others generic.
     */
    public static void write(Path dataFolder, Set<String> ids, Instant now) throws IOException {
        if (ids.isEmpty()) {
            return;
        }
        Path folder = Files.createDirectories(dataFolder.resolve(ProviderFiles.FOLDER));
        Path kit = Files.createDirectories(folder.resolve(KIT));
        Files.writeString(dataFolder.resolve("VERSION"), "1\n");
        LocalAuthority authority = LocalAuthority.open(kit, now);
        authority.ensure("tls", HOST, List.of(HOST));
        try {
            KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
            rsa.initialize(3072);
            DataFolder.writePrivate(
                    kit.resolve(SIGNING), rsa.generateKeyPair().getPrivate().getEncoded());
            KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
            ec.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair apple = ec.generateKeyPair();
            DataFolder.writePrivate(
                    kit.resolve(APPLE + ".p8"),
                    "-----BEGIN PRIVATE KEY-----\n"
                            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                    .encodeToString(apple.getPrivate().getEncoded())
                            + "\n-----END PRIVATE KEY-----\n");
            DataFolder.writePrivate(
                    kit.resolve(APPLE + ".pub"), apple.getPublic().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("the keys of a provider can't be made: " + e.getMessage(), e);
        }
        int port = freePort();
        for (String id : ids) {
            boolean apple = id.equals(APPLE);
            DataFolder.writePrivate(kit.resolve(id + ".secret"), secret());
            DataFolder.writePrivate(
                    folder.resolve(id + ".properties"),
                    String.join(
                            "\n",
                            "kind=" + (apple || id.equals("google") ? id : "generic"),
                            "issuer=https://" + HOST + ":" + port + "/" + id,
                            "clientId=client-of-" + id,
                            "trustFile=" + KIT + "/ca.crt",
                            apple
                                    ? "teamId=" + TEAM + "\nkeyId=" + KEY + "\nprivateKeyFile=" + KIT + "/apple.p8"
                                    : "clientSecretFile=" + KIT + "/" + id + ".secret",
                            ""));
        }
    }

    private static String secret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The service knows a provider by its address, so the port is chosen before anybody listens there. */
    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    /** Every provider of a data folder; those of this class with what it takes to be them. */
    static List<ProviderService.Named> read(Path dataFolder, Instant now) throws CollectException {
        try {
            Path folder = dataFolder.resolve(ProviderFiles.FOLDER);
            Path authority = folder.resolve(KIT).resolve("ca.crt");
            List<ProviderService.Named> all = new ArrayList<>();
            for (Provider provider : ProviderFiles.read(folder, now)) {
                boolean ours = provider.issuer().getHost().equals(HOST)
                        && provider.trust().filter(authority::equals).isPresent();
                all.add(new ProviderService.Named(
                        provider.id(),
                        ProviderService.Kind.valueOf(provider.kind().name()),
                        provider.issuer(),
                        provider.clientId(),
                        ours ? Optional.of(place(folder.resolve(KIT), provider)) : Optional.empty()));
            }
            return all;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new CollectException(
                    "The providers in the data folder can't be read (" + e.getMessage()
                            + "); see that the check runs as the server's user.",
                    e);
        }
    }

    private static ProviderService.Place place(Path kit, Provider provider)
            throws IOException, GeneralSecurityException {
        KeyStore tls = KeyStore.getInstance("PKCS12");
        tls.load(null, null);
        tls.setKeyEntry("tls", LocalAuthority.readKey(kit.resolve("tls.key")), new char[0], new Certificate[] {
            LocalAuthority.readCertificate(kit.resolve("tls.crt"))
        });
        KeyFactory rsa = KeyFactory.getInstance("RSA");
        PrivateKey signs = rsa.generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(kit.resolve(SIGNING))));
        var whole = (RSAPrivateCrtKey) signs;
        PublicKey verifies = rsa.generatePublic(new RSAPublicKeySpec(whole.getModulus(), whole.getPublicExponent()));
        return new ProviderService.Place(tls, new KeyPair(verifies, signs), proof(kit, provider.secret()));
    }

    private static ProviderService.Proof proof(Path kit, ClientSecret secret)
            throws IOException, GeneralSecurityException {
        return switch (secret) {
            case ClientSecret.Shared shared ->
                new ProviderService.Proof.Shared(
                        Files.readString(shared.file(), StandardCharsets.UTF_8).strip());
            case ClientSecret.Signed signed ->
                new ProviderService.Proof.Signed(
                        signed.team(),
                        signed.key(),
                        KeyFactory.getInstance("EC")
                                .generatePublic(
                                        new X509EncodedKeySpec(Files.readAllBytes(kit.resolve(APPLE + ".pub")))));
        };
    }
}
