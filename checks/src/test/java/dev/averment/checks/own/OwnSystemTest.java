package dev.averment.checks.own;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Altered;
import dev.averment.checks.CheckType;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.checks.prove.Observation;
import dev.averment.checks.prove.PageProof;
import dev.averment.checks.prove.PageProver;
import dev.averment.checks.prove.Prover;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every check type against a system that is not ours, described by nothing but a target file. */
class OwnSystemTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Altered.NOW);
    private static final Prover PROVER = new Prover(CLOCK, Duration.ofSeconds(60));
    private static final CheckTypes TYPES = CheckTypes.installed();

    @TempDir
    Path folder;

    /** One thing spoilt in the system, or its description. */
    @FunctionalInterface
    interface Spoiling {
        void in(OwnSystem system) throws Exception;
    }

    /** What each check type is asked, and one way in which a system fails it. */
    record Case(String type, Map<String, Object> with, Map<String, Object> expect, Verdict holds, Spoiling spoiling) {
        @Override
        public String toString() {
            return type;
        }
    }

    static List<Case> cases() {
        return List.of(
                of("tls-versions", Map.of("min", "1.3"), OwnSystem::onOldSite),
                of(
                        "http-headers",
                        Map.of("headers", Map.of("x-frame-options", "absent"), "plain", "refused-or-redirected"),
                        system -> system.answer("/", Response.html("", "X-Frame-Options: DENY"))),
                of("path-traversal", Map.of("refused", "all"), s -> s.answer("/%61pi/orders", Response.of(200, "[]"))),
                of("cache-rules", Map.of(), s -> s.answer("/api/orders", Response.of(200, "[]"))),
                of("security-txt", Map.of(), s -> s.answer("/.well-known/security.txt", Response.of(404, ""))),
                of("isolation-catalog", Map.of(), sql("alter table shop.invoice no force row level security")),
                of("isolation-behaviour", Map.of(), sql("alter policy tenant on shop.invoice using (true)")),
                of(
                        "forged-context",
                        Map.of(),
                        sql("alter function seal.tenant() security invoker; "
                                + "create or replace function seal.tenant() returns uuid language sql stable as "
                                + "$$ select nullif(current_setting('app.tenant', true), '')::uuid $$")),
                of("cross-workspace-references", Map.of(), sql("""
                        alter table shop.customer add unique (id);
                        alter table shop.invoice add foreign key (customer_id) references shop.customer (id)""")),
                of("tenant-key", Map.of(), sql("""
                        create table shop.coupon (code text primary key); grant select on shop.coupon to shop_app""")),
                of("role-privileges", Map.of(), sql("grant truncate on shop.invoice to shop_app")),
                of("modification-audit", Map.of(), sql("""
                        create or replace function audit.record_change() returns trigger language plpgsql
                          as 'begin return null; end'""")),
                of("database-transport", Map.of(), OwnSystem::takesPlainConnections),
                of("log-integrity", Map.of(), sql("update audit.entry set body = 'altered' where sequence = 0")),
                of("packet-round-trip", Map.of(), OwnSystemTest::cutPacket),
                new Case(
                        "records",
                        Map.of("register", "certificates"),
                        Map.of("maxAge", "365d"),
                        Verdict.ATTESTED,
                        s -> s.inRegisters("expires: +300d", "expires: -1d")),
                of("sub-processors", Map.of("fields", List.of("location")), s -> s.inRegisters("Graz, AT", "Linz, AT")),
                of("certification-words", Map.of(), s -> s.inRegisters("ISO 27001", "ISO 9001")),
                new Case(
                        "link-check",
                        Map.of("require", List.of("dpa")),
                        Map.of(),
                        Verdict.PROVEN,
                        s -> s.answer("/dpa", Response.of(404, ""))),
                of("control-matrix", Map.of(), s -> s.page("/proof", "Evidence for something else")));
    }

    private static Case of(String type, Map<String, Object> expect, Spoiling spoiling) {
        return new Case(type, Map.of(), expect, Verdict.PROVEN, spoiling);
    }

    private static Spoiling sql(String sql) {
        return system -> system.database.asSuperuser(sql);
    }

    private static void cutPacket(OwnSystem system) {
        byte[] packet = system.answerAt("/pages/self/packet.zip").body();
        system.answer("/pages/self/packet.zip", new Response(200, List.of(), Arrays.copyOf(packet, packet.length / 2)));
    }

    @Test
    void no_built_check_type_is_left_out() {
        Set<String> built = TYPES.built().stream().map(CheckType::name).collect(Collectors.toCollection(TreeSet::new));
        // Those that sign in need a whole service, and are run against one in SignInChecksTest.
        built.removeAll(Set.of(
                "access-tokens",
                "account-linking",
                "actor-token",
                "address-encryption",
                "authentication-events",
                "client-address",
                "cookie-rules",
                "escalation-chain",
                "failure-drill",
                "hardware-factor",
                "incident-clock",
                "incident-evidence",
                "ingest-token",
                "intake-limits",
                "job-faults",
                "one-time-tokens",
                "operator-promotion",
                "outbound-policy",
                "password-storage",
                "rate-limit",
                "refresh-tokens",
                "review-required",
                "route-ownership",
                "run-metrics",
                "run-records",
                "second-factor",
                "session-revocation",
                "sign-in-flow",
                "stream-cap",
                "stream-isolation",
                "token-scope",
                "token-storage",
                "totp",
                "worker-restart"));

        assertThat(cases().stream().map(Case::type).toList())
                .containsExactlyInAnyOrderElementsOf(built)
                .hasSize(20);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holds_on_a_system_in_order_and_fails_on_a_spoilt_one(Case asked) throws Exception {
        try (OwnSystem system = OwnSystem.sealed(folder)) {
            Observation observation = observe(asked, system);
            assertThat(observation.judgement().verdict())
                    .as(observation.judgement().reason())
                    .isEqualTo(asked.holds());

            asked.spoiling().in(system);

            Observation spoilt = observe(asked, system);
            assertThat(spoilt.judgement().verdict())
                    .as(spoilt.judgement().reason())
                    .isEqualTo(Verdict.FAILING);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tls-versions | web | add web: to the target file",
                "http-headers | web | add web: to the target file",
                "http-headers | paths | list paths under web in the target file",
                "path-traversal | web | add web: to the target file",
                "path-traversal | paths | list paths under web",
                "cache-rules | web | add web: to the target file",
                "cache-rules | paths | under web.paths",
                "cache-rules | signedIn | add signedIn under web in the target file",
                "security-txt | web | add web: to the target file",
                "isolation-catalog | postgres | add postgres: to the target file",
                "isolation-behaviour | postgres | add postgres: to the target file",
                "forged-context | postgres | add postgres: to the target file",
                "forged-context | pool | add postgres.pool to a target file",
                "forged-context | setting | add setting under postgres.context in the target file",
                "cross-workspace-references | postgres | add postgres: to the target file",
                "tenant-key | postgres | add postgres: to the target file",
                "role-privileges | postgres | add postgres: to the target file",
                "modification-audit | postgres | add postgres: to the target file",
                "modification-audit | audit | add postgres.audit to a target file",
                "modification-audit | modificationTrigger | add modificationTrigger under postgres.allow in the target file",
                "database-transport | postgres | add postgres: to the target file",
                "database-transport | transports | add transports: {plain: true} under postgres in the target file",
                "log-integrity | log | add log: to the target file",
                "log-integrity | entries | add log.entries to a target file",
                "log-integrity | appendOnlyTables | add postgres.allow.appendOnlyTables to a target file",
                "packet-round-trip | log | add log: to the target file",
                "packet-round-trip | web | add web: to the target file",
                "records | registers | add registers: to the target file",
                "sub-processors | registers | add registers: to the target file",
                "sub-processors | web | add web: to the target file",
                "certification-words | registers | add registers: to the target file",
                "link-check | web | add web: to the target file",
                "control-matrix | web | add web: to the target file",
            })
    void what_the_target_file_does_not_give_is_unproven_and_named(String type, String key, String names)
            throws Exception {
        Case asked =
                cases().stream().filter(c -> c.type().equals(type)).findFirst().orElseThrow();
        try (OwnSystem system = OwnSystem.sealed(folder)) {
            system.withoutLine(key);
            if (key.equals("setting")) {
                system.withoutLine("seal");
                system.withoutLine("keyTables");
            }
            if (key.equals("postgres")) {
                system.withoutLine("entries");
            }

            Observation observation = observe(asked, system);

            assertThat(observation.judgement().verdict())
                    .as(observation.judgement().reason())
                    .isEqualTo(Verdict.UNPROVEN);
            assertThat(observation.judgement().reason()).contains(names);
        }
    }

    @Test
    void every_check_type_is_tried_without_something_that_it_needs() throws Exception {
        CsvSource rows = OwnSystemTest.class
                .getDeclaredMethod(
                        "what_the_target_file_does_not_give_is_unproven_and_named",
                        String.class,
                        String.class,
                        String.class)
                .getAnnotation(CsvSource.class);

        assertThat(Arrays.stream(rows.value()).map(row -> row.split(" ", 2)[0]))
                .containsAll(cases().stream().map(Case::type).toList());
    }

    @Test
    void a_context_that_is_a_plain_setting_can_be_forged() throws Exception {
        try (OwnSystem system = OwnSystem.plain(folder, "tls_")) {
            Observation observation = observe(of("forged-context", Map.of(), _ -> {}), system);

            assertThat(observation.judgement().verdict()).isEqualTo(Verdict.FAILING);
            assertThat(observation.judgement().reason()).contains("another workspace set outright, no seal");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{begin: \"select set_config('app.tenant', '', true), set_config('app.seal', '', true)\"} | PROVEN",
                "{end: discard all} | PROVEN",
                // The seal is bound to its transaction: what a pool leaves lying about is worth nothing to the next
                // borrower.
                "{} | PROVEN",
                "{end: select 1} | PROVEN",
                "{end: select no_such_function()} | UNPROVEN",
            })
    void a_pool_is_as_good_as_what_it_says_between_two_borrowers(String habits, Verdict verdict) throws Exception {
        try (OwnSystem system = OwnSystem.sealed(folder)) {
            system.withPool(habits);

            Observation observation = observe(of("forged-context", Map.of(), _ -> {}), system);

            assertThat(observation.judgement().verdict())
                    .as(observation.judgement().reason())
                    .isEqualTo(verdict);
        }
    }

    @Test
    void a_client_certificate_is_demanded_or_not() throws Exception {
        Case demanded = of("database-transport", Map.of("clientCertificate", true), _ -> {});
        try (OwnSystem system = OwnSystem.plain(folder, "mtls_")) {
            system.withClientKey();

            Observation observation = observe(demanded, system);
            assertThat(observation.judgement().verdict())
                    .as(observation.judgement().reason())
                    .isEqualTo(Verdict.PROVEN);

            system.takesTlsWithoutCertificates();
            assertThat(observe(demanded, system).judgement().reason()).contains("without a client certificate");
        }
    }

    @ParameterizedTest
    @CsvSource({"where relation = ?, where relation is distinct from ?", "select id from, select no_such_column from"})
    void a_trail_that_is_asked_wrongly_is_never_proven(String from, String to) throws Exception {
        try (OwnSystem system = OwnSystem.plain(folder, "tls_")) {
            system.inTarget(from, to);

            assertThat(observe(of("modification-audit", Map.of(), _ -> {}), system)
                            .judgement()
                            .verdict())
                    .isIn(Verdict.UNPROVEN, Verdict.FAILING);
        }
    }

    @Test
    void the_documented_example_is_proven_as_it_stands() throws Exception {
        byte[] source = Files.readAllBytes(ShopDatabase.EXAMPLE.resolve("page.yaml"));
        try (OwnSystem system = OwnSystem.plain(folder, "tls_")) {
            if (!(new PageLoader(TYPES).load("page.yaml", source, CLOCK.instant()) instanceof LoadResult.Loaded page)) {
                throw new AssertionError("the example's page is refused");
            }

            PageProof proof = new PageProver(PROVER, TYPES, CLOCK, 2)
                    .prove(page.page(), system.target(), PageProver.Progress.SILENT);

            assertThat(proof.claims())
                    .isNotEmpty()
                    .allSatisfy(claim ->
                            assertThat(claim.verdict()).as(claim.reason()).isEqualTo(Verdict.PROVEN));
        }
    }

    private static Observation observe(Case asked, OwnSystem system) throws Exception {
        CheckType type = ((CheckTypes.Built) TYPES.find(asked.type())).type();
        CheckBinding binding = new CheckBinding(
                "look", asked.type(), Duration.ofMinutes(5), Duration.ofMinutes(15), asked.with(), asked.expect());
        return PROVER.observe(OwnSystem.page(), OwnSystem.page().claims().getFirst(), binding, type, system.target());
    }
}
