package dev.averment.server.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.CollectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The checks of signing in with others against a whole server whose providers they stand in for. */
@Timeout(300)
class ProviderChecksTest {
    /** How codes and tokens of providers begin. */
    private static final String[] SECRET = {"code-", "eyJ"};

    @TempDir
    private static Path data;

    private static CheckedServer server;

    @BeforeAll
    static void start() throws Exception {
        StandInProviders.write(data, Set.of("apple", "google", "openid"), CheckedServer.CLOCK.instant());
        Path others = data.resolve("providers");
        Files.writeString(others.resolve("works.secret"), "a secret of somebody else's\n");
        Files.writeString(
                others.resolve("works.properties"),
                "kind=generic\nissuer=https://id.example.org\nclientId=averment\nclientSecretFile=works.secret\n");
        server = new CheckedServer(data);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void people_sign_in_with_every_kind_of_provider_and_with_no_lie_of_theirs() throws Exception {
        assertThat(server.holds(
                                "sign-in-flow",
                                Map.of("providers", List.of("password", "google", "apple", "openid")),
                                Map.of(
                                        "required", List.of("pkce", "state", "nonce"),
                                        "return", "signed-in",
                                        "sameSite", "Strict",
                                        "appleClientSecret", "signed",
                                        "appleReturn", "form-post"),
                                SECRET)
                        .reason())
                .contains("google", "apple", "openid");
    }

    @Test
    void accounts_are_linked_by_their_people_and_in_no_other_way() throws Exception {
        server.holds(
                "account-linking",
                Map.of("provider", "openid"),
                Map.of("session", "fresh", "unverifiedMail", "refused", "lastMethod", "kept"),
                SECRET);
    }

    @Test
    void nothing_is_said_of_a_provider_that_others_run_or_that_is_not_there() {
        assertThatThrownBy(() -> server.collect("sign-in-flow", Map.of("providers", List.of("works"))))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("others run")
                .hasMessageContaining("aver prove");
        assertThatThrownBy(() -> server.collect("account-linking", Map.of("provider", "microsoft")))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("has no provider microsoft");
    }

    @AfterEach
    void nothing_is_left_behind() throws Exception {
        server.nothingIsLeft("identity.account where email like 'canary-%'");
    }
}
