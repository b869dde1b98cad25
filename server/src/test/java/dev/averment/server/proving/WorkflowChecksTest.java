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

/** The checks of monitors, streams and channels against a whole server: each holds, and none leaves an account or a mail behind. */
@Timeout(300)
class WorkflowChecksTest {
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
                Arguments.of("address-encryption", Map.of(), Map.of("plaintext", "nowhere")),
                Arguments.of(
                        "ingest-token",
                        Map.of(),
                        Map.of("otherMonitor", "refused", "overlap", "bounded", "forged", "refused-without-query")),
                Arguments.of(
                        "intake-limits",
                        Map.of("paths", java.util.List.of("ingest")),
                        Map.of("beyond", "refused", "retryAfter", "present", "replicas", "shared")),
                Arguments.of("stream-cap", Map.of(), Map.of("beyond", "refused", "released", "on-close")),
                Arguments.of("stream-isolation", Map.of("tenants", 2L, "events", 10_000L), Map.of("crossed", "none")),
                Arguments.of("worker-restart", Map.of(), Map.of("effect", "exactly-once")),
                Arguments.of("job-faults", Map.of("workers", 3L), Map.of("lost", "none", "effect", "exactly-once")));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void it_holds(String name, Map<String, Object> with, Map<String, Object> expect) throws Exception {
        server.holds(name, with, expect);
    }

    @AfterEach
    void nothing_is_left_behind() throws Exception {
        server.nothingIsLeft(
                "identity.account where email like 'canary-%'",
                "jobs.job where kind = 'check.job'",
                "jobs.attempt where kind = 'check.job'",
                "stream.event where kind = 'check.job'");
    }
}
