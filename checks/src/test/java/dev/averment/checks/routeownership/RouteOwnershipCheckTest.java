package dev.averment.checks.routeownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouteOwnershipCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("routes", "all-mutating", "foreign", "not-found", "changed", "none");

    private final RouteOwnershipCheck type = new RouteOwnershipCheck();
    private static final String ROUTE = "DELETE /api/v1/workspaces/{workspace}/tokens/{token}";

    @Test
    void a_change_is_failing_and_route_and_table_are_named() {
        var judgement = Altered.of(type, EXPECT).subject(ROUTE, "changed", List.of("identity.api_token"));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains(ROUTE, "identity.api_token");
    }

    @Test
    void an_answer_that_tells_of_the_record_is_failing_in_either_workspace() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(ROUTE, "foreign", 403L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(ROUTE, "foreign", 204L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(ROUTE, "foreignInOwnWorkspace", 409L).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_route_whose_ids_nobody_can_fill_is_unproven_and_named() {
        var judgement = type.judge()
                .judge(
                        new dev.averment.checks.Facts(
                                Altered.NOW,
                                List.of(new dev.averment.checks.Subject(
                                        "PATCH /api/v1/orders/{order}",
                                        Map.of("kind", "not-tried", "unknown", List.of("order")))),
                                Map.of("routes", 1L)),
                        EXPECT,
                        Altered.NOW);
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(judgement.reason()).contains("/orders/{order}", "order");
    }

    @Test
    void a_body_that_was_refused_first_or_a_route_left_out_proves_nothing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(ROUTE, "foreign", 400L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.value("routes", 3L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(ROUTE, "changed", "?").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
