package dev.averment.checks.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A certificate for the server and one for a client, made by the JDK's keytool. Each is its own authority; the server
 * trusts the client's, whose alias is the one that the driver looks for.
 */
public record TestCertificates(Path serverCertificate, Path serverKey, Path authority, Path clientStore) {
    private static final String PASSWORD = "test-only";

    static TestCertificates make(Path home) throws IOException, InterruptedException {
        Path server = pair(home, "server", "CN=127.0.0.1", "san=ip:127.0.0.1");
        Path client = pair(home, "user", "CN=sample", "bc=ca:true");
        Path key = home.resolve("server.key");
        try {
            write(
                    home.resolve("server.crt"),
                    "CERTIFICATE",
                    store(server).getCertificate("server").getEncoded());
            write(
                    key,
                    "PRIVATE KEY",
                    store(server).getKey("server", PASSWORD.toCharArray()).getEncoded());
            write(
                    home.resolve("client.crt"),
                    "CERTIFICATE",
                    store(client).getCertificate("user").getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IOException("the key pairs can't be read", e);
        }
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return new TestCertificates(home.resolve("server.crt"), key, home.resolve("client.crt"), client);
    }

    /** Driver properties for TLS that verifies the server, with or without the client's certificate. */
    public Properties properties(String role, boolean withCertificate) {
        Properties properties = new Properties();
        properties.setProperty("user", role);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", serverCertificate.toString());
        if (withCertificate) {
            properties.setProperty("sslkey", clientStore.toString());
            properties.setProperty("sslpassword", PASSWORD);
        } else {
            properties.setProperty("sslcert", "");
            properties.setProperty("sslkey", "");
        }
        return properties;
    }

    private static KeyStore store(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static void write(Path file, String label, byte[] der) throws IOException {
        Files.writeString(
                file,
                "-----BEGIN " + label + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                        + "-----\n");
    }

    private static Path pair(Path home, String alias, String name, String extension)
            throws IOException, InterruptedException {
        Path file = home.resolve(alias + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair"));
        command.addAll(
                List.of("-alias", alias, "-dname", name, "-ext", extension, "-keyalg", "RSA", "-keysize", "2048"));
        command.addAll(List.of("-validity", "30", "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", file.toString()));
        Path output = home.resolve("keytool.out");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("keytool failed: " + Files.readString(output));
        }
        return file;
    }
}
