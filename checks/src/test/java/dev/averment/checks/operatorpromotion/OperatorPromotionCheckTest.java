package dev.averment.checks.operatorpromotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OperatorPromotionCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("routes", "all", "promoted", "none", "runtimeRole", "refused");

    private final OperatorPromotionCheck type = new OperatorPromotionCheck();

    @Test
    void a_route_that_promotes_is_failing_and_named() {
        var judgement = Altered.of(type, EXPECT).subjects("promoted", true);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("PATCH /api/v1/account");
    }

    @Test
    void a_role_that_may_write_the_mark_is_failing() {
        assertThat(Altered.of(type, EXPECT).subjects("refused", false).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void routes_or_roles_that_were_not_tried_prove_nothing() {
        assertThat(Altered.of(type, EXPECT).value("routes", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).subjects("kind", "route").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
