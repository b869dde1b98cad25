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
import java.util.List;
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

/** The checks of incidents and runs against a whole server: each holds, and none leaves anything open behind. */
@Timeout(300)
class IncidentChecksTest {
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
                Arguments.of(
                        "incident-clock",
                        Map.of(
                                "P1",
                                Map.of("within", "4h", "updates", "until-closed"),
                                "P2",
                                Map.of("within", "1bd"),
                                "P3",
                                Map.of("within", "3bd"),
                                "owner",
                                "required",
                                "severity",
                                "required",
                                "communication",
                                "recorded")),
                Arguments.of(
                        "run-records",
                        Map.of(
                                "fields", List.of("job", "transitions", "trace"),
                                "transitions", List.of("time", "actor"))),
                Arguments.of(
                        "run-metrics",
                        Map.of("fields", List.of("throughput", "peakMemory", "status"), "missing", "incomplete")),
                Arguments.of(
                        "incident-evidence",
                        Map.of(
                                "fields",
                                List.of("timeline", "rootRun", "redactions", "truncations", "attempts"),
                                "plantedSecret",
                                "redacted")),
                Arguments.of("failure-drill", Map.of("visible", List.of("run", "incident", "attempt", "recovery"))),
                Arguments.of("escalation-chain", Map.of("links", Map.of("min", 0L), "unacknowledged", "climbs")),
                Arguments.of(
                        "review-required",
                        Map.of("severities", List.of("P1", "P2"), "before", "closing", "within", "48h")));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void it_holds(String name, Map<String, Object> expect) throws Exception {
        CheckType type = CheckTypes.installed().find(name) instanceof CheckTypes.Built(var built) ? built : null;
        assertThat(type).isNotNull();
        Facts facts =
                type.collector().collect(new Look(target, server.prepared().page(), Map.of(), CLOCK));
        Judgement said = type.judge().judge(facts, expect, CLOCK.instant());
        assertThat(said.verdict()).as(said.reason() + facts).isEqualTo(Verdict.PROVEN);
        assertThat(facts.toString()).doesNotContain("canary-");
    }

    @AfterEach
    void nothing_is_left_open() throws Exception {
        for (String left : new String[] {
            "select count(*) from identity.account where email like 'canary-%'",
            "select count(*) from incidents.incident where title like 'Canary%' and cause <> 'canary' and state <> 'closed'",
            "select count(*) from delivery.channel where name like 'Canary of%' and state <> 'removed'",
            "select count(*) from monitoring.monitor where name like 'Canary of%'",
            "select count(*) from drill.demo where removed_at is null",
            "select count(*) from incidents.incident where title like '%Order import%' and state <> 'closed'",
            "select count(*) from incidents.step where after <> '15m' and workspace_id <> 'a4e00000-0000-8000-8000-000000000001'"
        }) {
            try (var c = server.prepared()
                            .access()
                            .connect(server.prepared().access().administrator());
                    var s = c.createStatement();
                    var r = s.executeQuery(left)) {
                r.next();
                assertThat(r.getInt(1)).as(left).isZero();
            }
        }
        try (Stream<Path> mails = Files.list(data.resolve("outbox"))) {
            assertThat(mails).isEmpty();
        }
    }
}
