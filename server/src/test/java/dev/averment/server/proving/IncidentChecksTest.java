package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checks of incidents and runs against a whole server: each holds, and none leaves anything open behind. */
@Timeout(300)
class IncidentChecksTest {
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
                Arguments.of("outbound-policy", Map.of("refused", "all", "connection", "pinned")),
                Arguments.of("escalation-chain", Map.of("links", Map.of("min", 0L), "unacknowledged", "climbs")),
                Arguments.of(
                        "review-required",
                        Map.of("severities", List.of("P1", "P2"), "before", "closing", "within", "48h")));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void it_holds(String name, Map<String, Object> expect) throws Exception {
        server.holds(name, Map.of(), expect);
    }

    /** The workspace of checks is one: an incident that opens by itself has an owner, who may be the one of another look. */
    @Test
    void what_one_check_opens_is_no_change_by_anothers_visitor() throws Exception {
        var over = new AtomicBoolean();
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            Future<Integer> drilled = beside.submit(() -> {
                int times = 0;
                while (!over.get()) {
                    server.collect("incident-evidence", Map.of());
                    times++;
                }
                return times;
            });
            try {
                server.holds(
                        "route-ownership",
                        Map.of(),
                        Map.of("routes", "all-mutating", "foreign", "not-found", "changed", "none"));
            } finally {
                over.set(true);
            }
            assertThat(drilled.get()).isPositive();
        }
    }

    @AfterEach
    void nothing_is_left_open() throws Exception {
        server.nothingIsLeft(
                "identity.account where email like 'canary-%'",
                "incidents.incident where title like 'Canary%' and cause <> 'canary' and state <> 'closed'",
                "delivery.channel where name like 'Canary of%' and state <> 'removed'",
                "monitoring.monitor where name like 'Canary of%'",
                "drill.demo d where removed_at is null"
                        + " and exists (select from tenancy.member m where m.workspace_id = d.workspace_id)",
                "incidents.incident where title like '%Order import%' and state <> 'closed'",
                "incidents.step where after <> '15m' and workspace_id <> 'a4e00000-0000-8000-8000-000000000001'");
    }
}
