package dev.averment.checks.accesstokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Jwt;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("algorithm", "HS256", "lifetime", Map.of("max", "15m"));

    private final AccessTokensCheck type = new AccessTokensCheck();

    @ParameterizedTest
    @ValueSource(
            strings = {
                AccessTokensCollector.EXPIRED,
                AccessTokensCollector.UNSIGNED,
                AccessTokensCollector.OTHER_KEY,
                AccessTokensCollector.ALTERED
            })
    void a_token_that_is_wrong_in_one_thing_and_accepted_is_failing(String token) {
        var judgement = Altered.of(type, EXPECT).subject(token, "accepted", true);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains(token);
    }

    @Test
    void a_life_that_is_too_long_and_another_algorithm_are_failing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(AccessTokensCollector.ISSUED, "lifetimeSeconds", 901L)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(AccessTokensCollector.ISSUED, "algorithm", "RS256")
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void refusals_say_nothing_when_a_good_token_is_refused_as_well() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(AccessTokensCollector.CONTROL, "accepted", false)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(AccessTokensCollector.ISSUED, "accepted", false)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void an_attempt_that_was_not_made_proves_nothing() {
        Facts whole = type.passingExample(EXPECT, Altered.NOW);
        for (Subject left : whole.subjects()) {
            Facts less = new Facts(
                    Altered.NOW,
                    whole.subjects().stream().filter(s -> s != left).toList(),
                    Map.of());
            assertThat(type.judge().judge(less, EXPECT, Altered.NOW).verdict())
                    .as(left.name())
                    .isEqualTo(Verdict.UNPROVEN);
        }
    }

    @Test
    void a_token_is_taken_apart_and_put_together_unchanged() throws Exception {
        String token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln";
        assertThat(Jwt.parse(token).compact()).isEqualTo(token);
        assertThat(Jwt.parse(token).header("alg", "none").unsigned().compact()).endsWith(".eyJzdWIiOiJhIn0.");
        assertThatThrownBy(() -> Jwt.parse("v1.opaque")).isInstanceOf(CollectException.class);
        assertThatThrownBy(() -> Jwt.parse("a.b.c")).isInstanceOf(CollectException.class);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
