package dev.averment.checks.signinflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignInFlowCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("required", List.of("pkce", "state", "nonce"), "return", "signed-in", "sameSite", "Strict");
    private static final Map<String, Object> APPLE =
            Map.of("required", List.of("pkce"), "appleClientSecret", "signed", "appleReturn", "form-post");
    private static final String FLOW = ProviderTrial.name("openid", ProviderTrial.FLOW);

    private final SignInFlowCheck type = new SignInFlowCheck();

    @ParameterizedTest
    @CsvSource({
        "challenge, plain, PKCE",
        "challenge, none, PKCE",
        "client, none, prove",
        "sameSite, Lax, SameSite",
        "sameSite, '', SameSite"
    })
    void a_flow_that_lacks_a_part_is_failing(String fact, String value, String reason) {
        var judgement = Altered.of(type, EXPECT).subject(FLOW, fact, value);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({"signedIn", "arrived", "verified", "state", "nonce", "redirect", "httpOnly", "secure"})
    void a_flow_in_which_one_thing_is_not_so_is_failing(String fact) {
        assertThat(Altered.of(type, EXPECT).subject(FLOW, fact, false).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_code_that_is_used_twice_or_never_is_failing() {
        assertThat(Altered.of(type, EXPECT).subject(FLOW, "uses", 2L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, EXPECT).subject(FLOW, "uses", 0L).verdict()).isEqualTo(Verdict.FAILING);
    }

    static List<String> attempts() {
        return ProviderTrial.attempts();
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void an_attempt_that_is_not_refused_is_failing_and_one_that_was_not_made_proves_nothing(String attempt) {
        String name = ProviderTrial.name("openid", attempt);
        var taken = Altered.of(type, EXPECT).subject(name, "refused", false);
        assertThat(taken.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(taken.reason()).contains(attempt);
        assertThat(Altered.of(type, EXPECT).subject(name, "made", false).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).subject(name, "kind", "something").verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).subject(name, "provider", "another").verdict())
                .as("missing from its provider")
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void apple_wants_a_signed_secret_and_answers_by_a_form() {
        String apple = ProviderTrial.name("apple", ProviderTrial.FLOW);
        assertThat(Altered.of(type, APPLE).subject(apple, "client", "shared").verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, APPLE).subject(apple, "answer", "query").verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_wrong_password_that_signs_in_is_failing_and_so_is_a_right_one_that_does_not() {
        assertThat(Altered.of(type, EXPECT)
                        .subject("password", "wrongRefused", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, EXPECT)
                        .subject("password", "signedIn", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_way_in_that_nobody_went_proves_nothing() {
        assertThat(Altered.of(type, EXPECT)
                        .value("ways", List.of("openid", "google"))
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).value("ways", List.of()).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_part_that_nobody_knows_is_named() {
        Map<String, Object> other = Map.of("required", List.of("magic"));
        var facts = type.passingExample(other, Altered.NOW);
        var said = type.judge().judge(facts, other, Altered.NOW);
        assertThat(said.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(said.reason()).contains("magic");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
