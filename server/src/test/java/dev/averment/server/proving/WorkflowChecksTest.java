package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector.Look;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.load.CheckTypes;
import dev.averment.claims.Verdict;
import dev.averment.server.fixture.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
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
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static InstanceTarget target;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        target = InstanceTarget.of(data);
    }

    @AfterAll
    static void stop() {
        target.close();
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
                Arguments.of("stream-isolation", Map.of("tenants", 2L, "events", 10_000L), Map.of("crossed", "none")));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void it_holds(String name, Map<String, Object> with, Map<String, Object> expect) throws Exception {
        CheckType type = CheckTypes.installed().find(name) instanceof CheckTypes.Built(var built) ? built : null;
        assertThat(type).isNotNull();
        Facts facts =
                type.collector().collect(new Look(target, server.prepared().page(), with, CLOCK));
        Judgement said = type.judge().judge(facts, expect, CLOCK.instant());
        assertThat(said.verdict()).as(said.reason()).isEqualTo(Verdict.PROVEN);
        assertThat(facts.toString()).doesNotContain("canary-");
    }

    @AfterEach
    void nothing_is_left_behind() throws Exception {
        try (var c = server.prepared().access().connect("averment_auth");
                var s = c.createStatement();
                var r = s.executeQuery("select count(*) from identity.account where email like 'canary-%'")) {
            r.next();
            assertThat(r.getInt(1)).isZero();
        }
        try (Stream<Path> mails = Files.list(data.resolve("outbox"))) {
            assertThat(mails).isEmpty();
        }
    }
}
