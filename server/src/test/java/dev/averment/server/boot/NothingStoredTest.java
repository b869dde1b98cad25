package dev.averment.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.prove.Observation;
import dev.averment.claims.Verdict;
import dev.averment.server.claims.PageState.ClaimState;
import dev.averment.server.claims.Pages;
import dev.averment.server.database.Role;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that answers and takes nothing, as one on a full disk does, and one that lets nobody in. */
class NothingStoredTest {
    private static final String PROVE = "/api/v1/pages/self/prove";

    @TempDir
    static Path folder;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(folder.resolve("data"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Alters what sessions of {@code role} may from now on, and ends those that it has. */
    private static void alter(Role role, String how) throws Exception {
        var access = server.prepared().access();
        try (Connection c = access.connect(access.administrator());
                Statement s = c.createStatement()) {
            s.execute("alter role " + role.roleName() + " " + how);
            s.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity where usename = '" + role.roleName()
                    + "'");
        }
    }

    private static void observe() {
        Pages pages = server.bean(Pages.class);
        ClaimState claim = pages.state("self").orElseThrow().claims().getFirst();
        var binding = claim.checks().getFirst().binding();
        Instant now = Instant.now();
        pages.observed(
                "self",
                new Observation(
                        claim.claim().id(),
                        binding.id(),
                        binding.type(),
                        new Facts(now, List.of(new Subject("something", Map.of("is", "there"))), Map.of()),
                        new Judgement(Verdict.FAILING, "A test says so."),
                        now));
    }

    @Test
    void health_and_prove_say_that_what_checks_observe_cannot_be_stored_until_it_can() throws Exception {
        observe();
        assertThat(server.https("GET", "/health").status()).isEqualTo(200);
        assertThat(server.asOperator("POST", PROVE).status()).isEqualTo(202);

        alter(Role.APP, "set default_transaction_read_only = on");
        assertThatThrownBy(NothingStoredTest::observe).isInstanceOf(RuntimeException.class);

        Answer health = server.https("GET", "/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.body()).contains("what checks observe can't be stored");
        Answer prove = server.asOperator("POST", PROVE);
        assertThat(prove.status()).isEqualTo(503);
        assertThat(prove.body()).contains("problems/not-stored");
        assertThat(prove.header("retry-after")).isPresent();
        assertThat(shown()).as("the page is shown on").isEqualTo(200);

        alter(Role.APP, "reset default_transaction_read_only");
        observed();
        assertThat(server.https("GET", "/health").status()).isEqualTo(200);
        assertThat(server.asOperator("POST", PROVE).status()).isEqualTo(202);
    }

    /** Asked again while a pool hands out connections that were just ended, of which it had a few. */
    private static int shown() throws Exception {
        int status = 503;
        for (int tries = 0; tries < 20 && status == 503; tries++) {
            status = server.https("GET", "/pages/self").status();
        }
        return status;
    }

    /** A pool may hand out one more connection that was just ended. */
    private static void observed() {
        try {
            observe();
        } catch (RuntimeException e) {
            observe();
        }
    }

    @Test
    void a_request_that_meets_a_database_that_is_away_is_told_to_come_again() throws Exception {
        alter(Role.WORKER, "nologin");
        try {
            Answer answer = server.asOperator("POST", PROVE);
            assertThat(answer.status()).as(answer.body()).isEqualTo(503);
            assertThat(answer.header("retry-after")).isPresent();
            assertThat(answer.header("content-type")).hasValue("application/problem+json");
        } finally {
            alter(Role.WORKER, "login");
        }
    }
}
