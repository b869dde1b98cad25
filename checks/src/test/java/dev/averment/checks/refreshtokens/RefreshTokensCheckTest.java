package dev.averment.checks.refreshtokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTokensCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("sameSite", "Lax", "httpOnly", true, "secure", true, "singleUse", true, "replayRevokesFamily", true);

    private final RefreshTokensCheck type = new RefreshTokensCheck();

    @ParameterizedTest
    @ValueSource(
            strings = {
                RefreshTokensCollector.ROTATION + "|exchanged|false",
                RefreshTokensCollector.ROTATION + "|new|false",
                RefreshTokensCollector.ROTATION + "|exchangedAgain|false",
                RefreshTokensCollector.REPLAY + "|accepted|true",
                RefreshTokensCollector.FAMILY + "|accessToken|true",
                RefreshTokensCollector.FAMILY + "|refreshToken|true",
                RefreshTokensJudge.COOKIE + "__Host-refresh|httpOnly|false",
                RefreshTokensJudge.COOKIE + "__Host-refresh|secure|false"
            })
    void each_fact_turns_the_verdict(String line) {
        String[] parts = line.split("\\|");
        assertThat(Altered.of(type, EXPECT)
                        .subject(parts[0], parts[1], Boolean.valueOf(parts[2]))
                        .verdict())
                .as(line)
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void two_tokens_for_one_are_failing() {
        assertThat(Altered.of(type, EXPECT)
                        .subject(RefreshTokensCollector.ROTATION, "atOnceAgain", "another token")
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_cookie_for_a_domain_or_with_another_same_site_is_failing() {
        assertThat(Altered.of(type, EXPECT).subjects("sameSite", "None").verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, EXPECT).subjects("domain", "example.org").verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void the_end_of_a_sign_in_that_was_over_before_says_nothing() {
        assertThat(Altered.of(type, EXPECT)
                        .subject(RefreshTokensCollector.REPLAY, "before", false)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
