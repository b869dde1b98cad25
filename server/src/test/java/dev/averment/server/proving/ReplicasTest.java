package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector.Look;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Target;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.target.SignInPaths;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WorkflowService;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.Replicas;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two servers of one service: whatever one of them decides holds at the other. */
@Timeout(300)
class ReplicasTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private static Path folder;

    private static Replicas replicas;
    private static InstanceTarget one;
    private static InstanceTarget other;

    @BeforeAll
    static void start() throws Exception {
        replicas = Replicas.start(folder);
        one = InstanceTarget.of(replicas.data());
        other = InstanceTarget.of(folder.resolve("other"));
    }

    @AfterAll
    static void stop() {
        if (replicas != null) {
            one.close();
            other.close();
            replicas.close();
        }
    }

    private static Answer signIn(RunningServer server, String email) throws Exception {
        return server.json(
                "POST",
                "/api/v1/auth/sign-in",
                "{\"email\":\"" + email + "\",\"password\":\"not the password at all\"}");
    }

    private static Answer with(RunningServer server, Person person, String method, String path) throws Exception {
        return server.https(method, path, "Authorization: Bearer " + person.accessToken);
    }

    /** Claim W10: a second server is no second allowance. */
    @Test
    @Asvs("6.3.1")
    void tries_at_one_count_at_the_other() throws Exception {
        String email = "nobody-" + System.nanoTime() + "@example.test";
        for (int i = 0; i < 20; i++) {
            assertThat(signIn(i % 2 == 0 ? replicas.one() : replicas.other(), email)
                            .status())
                    .isEqualTo(401);
        }
        for (RunningServer server : List.of(replicas.one(), replicas.other())) {
            Answer refused = signIn(server, email);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(Integer.parseInt(refused.header("retry-after").orElseThrow()))
                    .isBetween(1, 11 * 60);
        }
        List<String> keys = replicas.redis().ask("KEYS", "*").lines().toList();
        assertThat(keys).isNotEmpty().allMatch(key -> key.matches("averment:limit:[0-9a-f]{32}"));
        for (String key : keys) {
            assertThat(Long.parseLong(replicas.redis().ask("PTTL", key))).isBetween(1L, 86_400_000L);
        }
    }

    @Test
    @Asvs("7.4.1")
    void a_session_that_ends_at_one_is_refused_at_the_others_next_request() throws Exception {
        Person person = Person.signedIn(replicas.one());
        assertThat(with(replicas.other(), person, "GET", "/api/v1/account").status())
                .isEqualTo(200);
        assertThat(with(replicas.one(), person, "POST", "/api/v1/account/sign-out")
                        .status())
                .isEqualTo(204);
        assertThat(with(replicas.other(), person, "GET", "/api/v1/account").status())
                .isEqualTo(401);
    }

    @Test
    @Asvs({"13.2.6", "16.5.2"})
    void while_redis_is_gone_both_go_on_and_say_so_and_come_back_with_it() throws Exception {
        replicas.redis().stop();
        try {
            String email = "alone-" + System.nanoTime() + "@example.test";
            for (RunningServer server : List.of(replicas.one(), replicas.other())) {
                for (int i = 0; i < 20; i++) {
                    assertThat(signIn(server, email).status()).isEqualTo(401);
                }
                assertThat(signIn(server, email).status()).isEqualTo(429);
                Answer health = server.https("GET", "/health");
                assertThat(health.status()).isEqualTo(200);
                assertThat(health.body()).contains("\"limits\":\"this server's own since ", "\"status\":\"ok\"");
            }
        } finally {
            replicas.redis().startAgain();
        }
        for (RunningServer server : List.of(replicas.one(), replicas.other())) {
            String email = "back-" + System.nanoTime() + "@example.test";
            do {
                signIn(server, email);
            } while (server.https("GET", "/health").body().contains("limits"));
        }
    }

    /** The service with both of its servers: whoever looks from outside sees as many as there are. */
    private record Both(SignInService first, SignInService second) implements SignInService {
        @Override
        public Visitor visitor() throws CollectException {
            Visitor here = first.visitor();
            return new Visitor(List.of(here.web(), second.visitor().web()), here.address());
        }

        @Override
        public SignInPaths paths() {
            return first.paths();
        }

        @Override
        public String newAddress() {
            return first.newAddress();
        }

        @Override
        public Mailbox mailbox() {
            return first.mailbox();
        }

        @Override
        public Optional<AccountRecords> records() {
            return first.records();
        }

        @Override
        public Optional<AuthenticationLog> log() {
            return first.log();
        }

        @Override
        public Optional<WorkspaceService> workspaces() {
            return first.workspaces();
        }

        @Override
        public Optional<WorkflowService> workflows() {
            return first.workflows();
        }

        @Override
        public Optional<TokenKeys> tokenKeys() {
            return first.tokenKeys();
        }

        @Override
        public Optional<CookieKeys> cookieKeys(Page page) throws CollectException {
            return first.cookieKeys(page);
        }
    }

    private static Target both() {
        return new Target() {
            @Override
            public String name() {
                return "two servers";
            }

            @Override
            public <T extends Facility> Optional<T> facility(Class<T> kind) {
                return kind.equals(SignInService.class)
                        ? Optional.of(kind.cast(new Both(
                                one.facility(SignInService.class).orElseThrow(),
                                other.facility(SignInService.class).orElseThrow())))
                        : one.facility(kind);
            }
        };
    }

    static Stream<Arguments> checks() {
        return Stream.of(
                Arguments.of("rate-limit", Map.of("beyond", "refused", "retryAfter", "present", "replicas", "shared")),
                Arguments.of(
                        "intake-limits", Map.of("beyond", "refused", "retryAfter", "present", "replicas", "shared")),
                Arguments.of("stream-cap", Map.of("beyond", "refused", "released", "on-close")),
                Arguments.of("session-revocation", Map.of("refused", "next-request")));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void the_checks_prove_it_over_both(String name, Map<String, Object> expect) throws Exception {
        CheckType type = CheckTypes.installed().find(name) instanceof CheckTypes.Built(var built) ? built : null;
        assertThat(type).isNotNull();
        Facts facts = type.collector()
                .collect(new Look(both(), replicas.one().prepared().page(), Map.of(), CLOCK));
        Judgement said = type.judge().judge(facts, expect, CLOCK.instant());
        assertThat(said.verdict()).as(said.reason()).isEqualTo(Verdict.PROVEN);
        assertThat(facts.values()).containsEntry("servers", 2L);
    }
}
