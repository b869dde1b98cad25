package dev.averment.checks.onetimetokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OneTimeTokensCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("stored", "hash", "uses", "once", "expires", true);

    private final OneTimeTokensCheck type = new OneTimeTokensCheck();

    @Test
    void a_second_use_and_an_expired_one_are_failing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subjects("secondUse", true).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subjects("expiredUse", true).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_token_in_clear_is_failing_and_its_place_is_named() {
        var judgement = Altered.of(type, EXPECT).subjects("inClear", List.of("identity.mailed_token.code"));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("identity.mailed_token.code");
        assertThat(Altered.of(type, EXPECT).subjects("stored", "plain text").verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_life_is_bounded_by_its_kind() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject("reset", "lifeSeconds", 3601L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject("verification", "lifeSeconds", 3601L).verdict())
                .isEqualTo(Verdict.PROVEN);
        assertThat(altered.subject("verification", "lifeSeconds", 86_400L * 8).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_refused_first_use_makes_the_second_say_nothing() {
        assertThat(Altered.of(type, EXPECT).subjects("firstUse", false).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).subjects("kept", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
