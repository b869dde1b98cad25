package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
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
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The checks of signing in with others against a whole server whose providers they stand in for. */
@Timeout(300)
class ProviderChecksTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private static Path data;

    private static RunningServer server;
    private static InstanceTarget target;

    @BeforeAll
    static void start() throws Exception {
        StandInProviders.write(data, Set.of("apple", "google", "openid"), CLOCK.instant());
        Path others = data.resolve("providers");
        Files.writeString(others.resolve("works.secret"), "a secret of somebody else's\n");
        Files.writeString(
                others.resolve("works.properties"),
                "kind=generic\nissuer=https://id.example.org\nclientId=averment\nclientSecretFile=works.secret\n");
        server = RunningServer.start(data);
        target = InstanceTarget.of(data);
    }

    @AfterAll
    static void stop() {
        target.close();
        server.close();
    }

    private static CheckType type(String name) {
        if (CheckTypes.installed().find(name) instanceof CheckTypes.Built(var built)) {
            return built;
        }
        throw new AssertionError(name);
    }

    private static Facts collect(String name, Map<String, Object> with) throws CollectException {
        return type(name).collector().collect(new Look(target, server.prepared().page(), with, CLOCK));
    }

    private static Judgement holds(String name, Map<String, Object> with, Map<String, Object> expect) throws Exception {
        Facts facts = collect(name, with);
        Judgement said = type(name).judge().judge(facts, expect, CLOCK.instant());
        assertThat(said.verdict()).as(said.reason()).isEqualTo(Verdict.PROVEN);
        assertThat(facts.toString()).doesNotContain("canary-", "code-", "eyJ");
        return said;
    }

    @Test
    void people_sign_in_with_every_kind_of_provider_and_with_no_lie_of_theirs() throws Exception {
        assertThat(holds(
                                "sign-in-flow",
                                Map.of("providers", List.of("password", "google", "apple", "openid")),
                                Map.of(
                                        "required", List.of("pkce", "state", "nonce"),
                                        "return", "signed-in",
                                        "sameSite", "Strict",
                                        "appleClientSecret", "signed",
                                        "appleReturn", "form-post"))
                        .reason())
                .contains("google", "apple", "openid");
    }

    @Test
    void accounts_are_linked_by_their_people_and_in_no_other_way() throws Exception {
        holds(
                "account-linking",
                Map.of("provider", "openid"),
                Map.of("session", "fresh", "unverifiedMail", "refused", "lastMethod", "kept"));
    }

    @Test
    void nothing_is_said_of_a_provider_that_others_run_or_that_is_not_there() {
        assertThatThrownBy(() -> collect("sign-in-flow", Map.of("providers", List.of("works"))))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("others run")
                .hasMessageContaining("aver prove");
        assertThatThrownBy(() -> collect("account-linking", Map.of("provider", "microsoft")))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("has no provider microsoft");
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
