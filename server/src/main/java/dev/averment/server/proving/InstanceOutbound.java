package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.OutboundTrial;
import dev.averment.server.database.LocalAuthority;
import dev.averment.server.outbound.AddressPolicy;
import dev.averment.server.outbound.Cidr;
import dev.averment.server.outbound.OutboundClient;
import dev.averment.server.outbound.OutboundException;
import dev.averment.server.outbound.OutboundRequest;
import dev.averment.server.outbound.OutboundUrl;
import dev.averment.server.outbound.TrustedAuthorities;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The client of this version, with a name service and an authority that nobody else uses. */
final class InstanceOutbound implements OutboundTrial {
    private static final OutboundClient.Times TIMES =
            new OutboundClient.Times(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(5));

    private final SSLContext trust;
    private final KeyStore identity;

    private InstanceOutbound(SSLContext trust, KeyStore identity) {
        this.trust = trust;
        this.identity = identity;
    }

    /** With an authority that is made for this trial, and of which no file stays. */
    static InstanceOutbound made(Instant now) throws CollectException {
        try {
            Path folder = Files.createTempDirectory("averment-receiver");
            try {
                LocalAuthority authority = LocalAuthority.open(folder, now);
                authority.ensure("hook", HOST, List.of(HOST));
                KeyStore keys = KeyStore.getInstance("PKCS12");
                keys.load(null, null);
                keys.setKeyEntry(
                        "hook", LocalAuthority.readKey(folder.resolve("hook.key")), new char[0], new Certificate[] {
                            LocalAuthority.readCertificate(folder.resolve("hook.crt"))
                        });
                return new InstanceOutbound(TrustedAuthorities.of(Optional.of(authority.certificateFile())), keys);
            } finally {
                remove(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new CollectException(
                    "A receiver for requests can't be made on this machine (" + e.getMessage()
                            + "); see that its folder for temporary files can be written.",
                    e);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Override
    public KeyStore identity() {
        return identity;
    }

    @Override
    public Sent send(String url, List<List<String>> looks, List<String> open) throws CollectException {
        var asked = new AtomicInteger();
        OutboundClient.Resolver names = _ -> looks.get(Math.min(asked.getAndIncrement(), looks.size() - 1)).stream()
                .map(InetAddress::ofLiteral)
                .toList();
        var policy = new AddressPolicy(open.stream().map(Cidr::of).toList());
        try (var client = new OutboundClient(policy, trust, names, TIMES)) {
            var request = new OutboundRequest("POST", OutboundUrl.of(url), Map.of(), new byte[] {'x'});
            int status = client.send(request).status();
            return new Sent("answered", status, asked.get());
        } catch (OutboundException e) {
            return new Sent(e.failure().name().toLowerCase(Locale.ROOT), 0, asked.get());
        } catch (IOException e) {
            throw new CollectException("A client for requests could not be closed; run the check again.", e);
        }
    }
}
