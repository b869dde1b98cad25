package dev.averment.server.claims;

import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.checks.prove.Observation;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.server.claims.PageState.ClaimState;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Integrator;
import dev.averment.server.evidence.Publication;
import dev.averment.server.evidence.Receipt;
import dev.averment.server.fixture.Actors;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.fixture.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Pages over a real database and a clock that obeys, with a page of two claims. */
abstract class PromisesRoom {
    static final String FILE = """
            page: %s
            title: {en: "Promises"}
            authoritative: en
            asOf: 2026-11-%s
            sections:
              - {id: all, title: {en: "All"}}
            claims:
              - id: tests
                section: all
                text: {en: "A penetration test by others is at most {age} old."}
                params: {age: %s}
                owner: security
                audience: public
                checks:
                  - {id: tests, type: records, every: %s, valid: 26h, with: {register: penetration-tests}, expect: {maxAge: $age, fields: [scope], status: [done, planned]}}
                  - {id: reviews, type: records, every: 6h, valid: 26h, with: {register: reviews}, expect: {maxAge: $age, fields: [scope], status: [done, planned]}}
                selftests:
                  - {check: tests, set: {subjects: []}, verdict: unproven}
                  - {check: tests, set: {subject.expires: "2020-01-01"}, verdict: failing}
                  - {check: reviews, set: {subjects: []}, verdict: unproven}
                  - {check: reviews, set: {subject.expires: "2020-01-01"}, verdict: failing}
            %s""";

    static final String DRILL = """
              - id: drill
                section: all
                text: {en: "A backup is regularly restored in isolation."}
                owner: operations
                audience: public
                checks:
                  - {id: drill, type: restore-drill, every: 24h, valid: 26h, expect: {environment: isolated, compare: [row-counts, log-root], result: published}}
            """;

    final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
    final String id = "promises";
    TestDatabase database;
    Actors actors;
    Pages pages;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open();
        actors = database.actors();
        pages = pages();
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    Pages pages() {
        return new Pages(database.workspaces(), database.leaves(), clock, CheckTypes.installed());
    }

    UUID workspace() {
        return actors.owner().workspace();
    }

    Page page(String day, String age, String every, String more) {
        String file = FILE.formatted(
                id, day, age, every, more.stripTrailing().indent(2).replaceAll("(?m)^  ", ""));
        LoadResult result =
                PageLoader.installed().load(id + ".yaml", file.getBytes(StandardCharsets.UTF_8), clock.instant());
        if (result instanceof LoadResult.Refused refused) {
            throw new AssertionError(refused.problems() + "\n" + file);
        }
        return ((LoadResult.Loaded) result).page();
    }

    Page first() {
        return page("20", "365d", "6h", DRILL);
    }

    Receipt observe(String check, Judgement judgement) {
        return observe(check, judgement, List.of(new Subject("the record", Map.of("title", "A test"))));
    }

    Receipt observe(String check, Judgement judgement, List<Subject> subjects) {
        return pages.observed(
                id,
                new Observation(
                        "tests",
                        check,
                        "records",
                        new Facts(clock.instant(), subjects, Map.of()),
                        judgement,
                        clock.instant().plusMillis(5)));
    }

    ClaimState claim(String claim) {
        return pages.state(id).orElseThrow().claims().stream()
                .filter(c -> c.claim().id().equals(claim))
                .findFirst()
                .orElseThrow();
    }

    Verdict verdict() {
        return claim("tests").verdict();
    }

    void edit(String... statements) throws Exception {
        database.asSuperuser(java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("set session_replication_role = replica"),
                        java.util.Arrays.stream(statements)
                                .flatMap(s -> java.util.stream.Stream.of(
                                        "alter table claims.observation disable trigger record_change", s)))
                .toArray(String[]::new));
    }

    void integrate() throws Exception {
        var integrator = new Integrator(
                database.pools().of(Role.LOG),
                database.logKey(),
                new Publication(database.data(), database.logKey()),
                clock,
                5000,
                (_, _, _) -> {});
        while (integrator.integrate() > 0) {
            // Until the queue is empty.
        }
    }
}
