package dev.averment.checks.tlsversions;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes the first message of a TLS handshake at one version and no other, as RFC 8446 §4.1.2, RFC 5246 §7.4.1.2,
 * RFC 4346 and RFC 2246 set it out. Written by hand because the JDK's own client can't offer TLS 1.0 and 1.1 unless a
 * security property of the whole JVM is loosened, and a check must never loosen the server that it runs in.
 */
final class ClientHello {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** TLS 1.3: AES-GCM and ChaCha20. */
    private static final int[] SUITES_1_3 = {0x1302, 0x1303, 0x1301};

    /** What servers of the last fifteen years choose from at 1.2: ECDHE and DHE with AEAD, then CBC, then RSA. */
    private static final int[] SUITES_1_2 = {
        0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc02b, 0xc02f, 0x009f, 0xccaa, 0x009e, 0xc024, 0xc028, 0xc023, 0xc027, 0x006b,
        0x0067, 0x009d, 0x009c, 0x003d, 0x003c
    };

    /** Suites that exist before 1.2, down to 3DES and RC4: a server that takes any of them speaks the version. */
    private static final int[] SUITES_OLD = {
        0xc00a, 0xc014, 0x0039, 0xc009, 0xc013, 0x0033, 0x0035, 0x002f, 0x0041, 0x0084, 0x0045, 0x0088, 0xc008, 0xc012,
        0x0016, 0x000a, 0x0007, 0xc007, 0xc011, 0x0005, 0x0004
    };

    /** First and last number of each stretch of the registry that suites below 1.3 stand in. */
    private static final List<int[]> FURTHER = List.of(
            new int[] {0x0001, 0x00c5},
            new int[] {0xc001, 0xc0b7},
            new int[] {0xcca8, 0xccae},
            new int[] {0xd001, 0xd005},
            new int[] {0xff80, 0xff87});

    private static final int MOST_SUITES = 80;

    private static final int[] GROUPS = {0x001d, 0x0017, 0x0018, 0x0019};

    /** ECDSA, RSA-PSS, RSA PKCS#1, Ed25519; SHA-1 only below 1.3. */
    private static final int[] SIGNATURES = {
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501, 0x0601
    };

    private ClientHello() {}

    /**
     * The record to send.
     *
     * @param host sent as server name unless it is an IP address, which RFC 6066 §3 forbids there
     */
    static byte[] at(TlsVersion version, String host) {
        return at(version, host, suites(version));
    }

    /** As {@link #at(TlsVersion, String)}, without a server name when {@code host} is empty, and with these cipher suites. */
    static byte[] at(TlsVersion version, String host, int[] offered) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean modern = version == TlsVersion.TLS_1_3;
        two(body, modern ? TlsVersion.TLS_1_2.code() : version.code());
        body.writeBytes(random(32));
        vector1(body, modern ? random(32) : new byte[0]);
        ByteArrayOutputStream suites = new ByteArrayOutputStream();
        for (int suite : offered) {
            two(suites, suite);
        }
        vector2(body, suites.toByteArray());
        vector1(body, new byte[] {0});
        vector2(body, extensions(version, host));

        ByteArrayOutputStream handshake = new ByteArrayOutputStream();
        handshake.write(1);
        handshake.write(0);
        vector2(handshake, body.toByteArray());

        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write(22);
        two(record, TlsVersion.TLS_1_0.code());
        vector2(record, handshake.toByteArray());
        return record.toByteArray();
    }

    private static int[] suites(TlsVersion version) {
        return switch (version) {
            case TLS_1_3 -> SUITES_1_3;
            case TLS_1_2 ->
                IntStream.concat(IntStream.of(SUITES_1_2), IntStream.of(SUITES_OLD))
                        .toArray();
            case TLS_1_0, TLS_1_1 -> SUITES_OLD;
        };
    }

    /**
     * Every other suite that was ever registered for the version, in lists short enough for servers that look at no more
     * than the first hundred: without encryption, without authentication, for export, with a shared key and the rest.
     */
    static List<int[]> furtherSuites(TlsVersion version) {
        if (version == TlsVersion.TLS_1_3) {
            return List.of(new int[] {0x1304, 0x1305, 0x1306, 0x1307, 0x00c6, 0x00c7});
        }
        Set<Integer> usual = IntStream.of(suites(version)).boxed().collect(Collectors.toSet());
        int[] rest = FURTHER.stream()
                .flatMapToInt(range -> IntStream.rangeClosed(range[0], range[1]))
                .filter(suite -> !usual.contains(suite))
                .toArray();
        List<int[]> lists = new ArrayList<>();
        for (int from = 0; from < rest.length; from += MOST_SUITES) {
            lists.add(Arrays.copyOfRange(rest, from, Math.min(rest.length, from + MOST_SUITES)));
        }
        return lists;
    }

    private static byte[] extensions(TlsVersion version, String host) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        if (!host.isEmpty() && !isAddress(host)) {
            ByteArrayOutputStream name = new ByteArrayOutputStream();
            name.write(0);
            vector2(name, host.getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream names = new ByteArrayOutputStream();
            vector2(names, name.toByteArray());
            extension(all, 0, names.toByteArray());
        }
        extension(all, 10, list(GROUPS));
        extension(all, 11, new byte[] {1, 0});
        extension(all, 23, new byte[0]);
        if (version.compareTo(TlsVersion.TLS_1_2) >= 0) {
            ByteArrayOutputStream schemes = new ByteArrayOutputStream();
            for (int scheme : SIGNATURES) {
                two(schemes, scheme);
            }
            if (version == TlsVersion.TLS_1_2) {
                two(schemes, 0x0203);
                two(schemes, 0x0201);
            }
            ByteArrayOutputStream sized = new ByteArrayOutputStream();
            vector2(sized, schemes.toByteArray());
            extension(all, 13, sized.toByteArray());
        }
        if (version == TlsVersion.TLS_1_3) {
            extension(all, 43, new byte[] {2, 3, 4});
            // Any 32 bytes are a point of X25519 (RFC 7748 §5); the handshake stops before the key is used.
            ByteArrayOutputStream share = new ByteArrayOutputStream();
            two(share, 0x001d);
            vector2(share, random(32));
            ByteArrayOutputStream shares = new ByteArrayOutputStream();
            vector2(shares, share.toByteArray());
            extension(all, 51, shares.toByteArray());
        }
        return all.toByteArray();
    }

    /** True for a literal of IPv4 or IPv6. */
    static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }

    private static byte[] list(int[] values) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        for (int value : values) {
            two(inner, value);
        }
        ByteArrayOutputStream outer = new ByteArrayOutputStream();
        vector2(outer, inner.toByteArray());
        return outer.toByteArray();
    }

    private static void extension(ByteArrayOutputStream out, int type, byte[] data) {
        two(out, type);
        vector2(out, data);
    }

    private static void vector1(ByteArrayOutputStream out, byte[] data) {
        out.write(data.length);
        out.writeBytes(data);
    }

    private static void vector2(ByteArrayOutputStream out, byte[] data) {
        two(out, data.length);
        out.writeBytes(data);
    }

    private static void two(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
