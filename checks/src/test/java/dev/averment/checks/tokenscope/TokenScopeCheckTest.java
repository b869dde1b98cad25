package dev.averment.checks.tokenscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenScopeCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("routes", "all", "scopes", "all", "undeclared", "refused", "expiry", "configurable");

    private final TokenScopeCheck type = new TokenScopeCheck();
    private static final String ROUTE = "GET /api/v1/workspaces/{workspace}";

    @Test
    void a_route_that_opens_to_a_scope_that_it_does_not_declare_is_failing_and_named() {
        var judgement =
                Altered.of(type, EXPECT).subject(ROUTE, "opened", List.of("workspace:read", "workspace:change"));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains(ROUTE, "workspace:change");
    }

    @Test
    void a_route_for_no_program_that_opens_to_one_is_failing() {
        assertThat(Altered.of(type, EXPECT)
                        .subject("GET /api/v1/account", "opened", List.of("workspace:read"))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_route_that_stays_shut_to_its_own_scope_is_failing() {
        assertThat(Altered.of(type, EXPECT).subject(ROUTE, "opened", List.of()).reason())
                .contains("stayed shut");
    }

    @Test
    void an_expired_token_that_is_accepted_or_another_expiry_than_asked_for_is_failing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(TokenScopeCollector.EXPIRED, "accepted", true)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(TokenScopeCollector.LIVES, "wrong", List.of("90d"))
                        .reason())
                .contains("90d");
    }

    @Test
    void what_could_not_be_told_proves_nothing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(ROUTE, "unclear", List.of("workspace:change"))
                        .reason())
                .contains(ROUTE);
        assertThat(altered.subject(TokenScopeCollector.EXPIRED, "before", false).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.value("routes", 3L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.value("scopes", List.of()).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
