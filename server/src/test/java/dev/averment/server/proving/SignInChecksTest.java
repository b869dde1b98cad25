package dev.averment.server.proving;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks of sign-in against a whole server: each holds, and none leaves an account or a mail behind. */
@Timeout(300)
class SignInChecksTest {
    @TempDir
    private static Path data;

    private static CheckedServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new CheckedServer(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Arguments> checks() {
        return Stream.of(
                Arguments.of(
                        "password-storage",
                        Map.of("hash", "argon2id", "memory", "64MiB", "time", 3L, "parallelism", 1L, "upgrade", true)),
                Arguments.of(
                        "actor-token",
                        Map.of(
                                "serviceAuthentication",
                                "required",
                                "refused",
                                java.util.List.of("unsigned", "expired", "replayed", "altered"),
                                "signature",
                                "hmac",
                                "identifierFrom",
                                "token-only")),
                Arguments.of("access-tokens", Map.of("algorithm", "HS256", "lifetime", Map.of("max", "15m"))),
                Arguments.of(
                        "refresh-tokens",
                        Map.of(
                                "sameSite", "Strict",
                                "httpOnly", true,
                                "secure", true,
                                "singleUse", true,
                                "replayRevokesFamily", true)),
                Arguments.of("one-time-tokens", Map.of("stored", "hash", "uses", "once", "expires", true)),
                Arguments.of("session-revocation", Map.of("refused", "next-request")),
                Arguments.of("authentication-events", Map.of("outcomes", "all", "entries", "one-each")),
                Arguments.of(
                        "cookie-rules",
                        Map.of(
                                "sameSite", "Strict",
                                "httpOnly", true,
                                "secure", true,
                                "signature", "rotating",
                                "overlap", "bounded")),
                Arguments.of("client-address", Map.of("untrustedHop", "ignored")),
                Arguments.of("rate-limit", Map.of("beyond", "refused", "retryAfter", "present", "replicas", "shared")),
                Arguments.of("token-storage", Map.of("digest", "SHA-256", "plaintext", "nowhere")),
                Arguments.of(
                        "token-scope",
                        Map.of("routes", "all", "scopes", "all", "undeclared", "refused", "expiry", "configurable")),
                Arguments.of(
                        "route-ownership", Map.of("routes", "all-mutating", "foreign", "not-found", "changed", "none")),
                Arguments.of("totp", Map.of("replay", "refused", "drift", "bounded", "recoveryCodes", "hashed")),
                Arguments.of("second-factor", Map.of("coverage", "all", "withoutFactor", "enrolment-only")),
                Arguments.of("hardware-factor", Map.of("coverage", "all", "otherFactor", "refused")),
                Arguments.of(
                        "operator-promotion", Map.of("routes", "all", "promoted", "none", "runtimeRole", "refused")));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void it_holds(String name, Map<String, Object> expect) throws Exception {
        server.holds(name, Map.of(), expect);
    }

    @AfterEach
    void nothing_is_left_behind() throws Exception {
        server.nothingIsLeft("identity.account where email like 'canary-%'");
    }
}
