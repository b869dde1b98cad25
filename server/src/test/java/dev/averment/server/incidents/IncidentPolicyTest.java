package dev.averment.server.incidents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.claims.Page;
import dev.averment.server.clocks.Term;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.tenancy.WorkspaceContext;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IncidentPolicyTest {

    private static Page page(Map<String, Object> incidents) {
        return new Page(
                "p",
                Map.of("en", "P"),
                "en",
                LocalDate.of(2026, 11, 22),
                Map.of("incidents", incidents),
                List.of(),
                List.of(),
                List.of(),
                new byte[0]);
    }

    @Test
    void a_page_that_is_silent_wants_reviews_of_p1_and_p2_and_an_update_a_day_after_the_end() {
        IncidentPolicy policy = IncidentPolicy.of(page(Map.of()));
        assertThat(policy.reviewed(Severity.P1)).contains(Term.of("48h"));
        assertThat(policy.reviewed(Severity.P2)).contains(Term.of("48h"));
        assertThat(policy.reviewed(Severity.P3)).isEmpty();
        assertThat(policy.updatesAfter()).isEqualTo(Term.of("1d"));
    }

    @Test
    void a_page_may_want_the_review_of_a_p3_too() {
        IncidentPolicy policy = IncidentPolicy.of(page(Map.of("reviewP3", Duration.ofHours(72))));
        assertThat(policy.reviewed(Severity.P3)).contains(Term.of("72h"));
        assertThat(policy.reviewed(Severity.P1)).contains(Term.of("48h"));
    }

    @Test
    void the_steps_of_a_chain_come_in_the_order_of_their_times() {
        assertThat(IncidentPolicy.chain(page(Map.of()))).isEmpty();
        assertThat(IncidentPolicy.chain(page(
                        Map.of("chain", Map.of("management", Duration.ofHours(1), "standby", Duration.ofMinutes(15))))))
                .containsExactly(Term.of("15m"), Term.of("1h"));
    }

    @Test
    void a_chain_by_business_days_or_with_two_steps_at_once_is_refused() {
        for (Map<String, Object> chain : List.<Map<String, Object>>of(
                Map.of("standby", "1bd"),
                Map.of("one", Duration.ofHours(1), "other", Duration.ofMinutes(60)),
                Map.of("far", Duration.ofDays(31)))) {
            assertThatThrownBy(() -> IncidentPolicy.chain(page(Map.of("chain", chain))))
                    .as(chain.toString())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("incidents.chain");
        }
    }

    @Test
    void the_operator_gets_the_chain_of_the_page_once_and_keeps_another() throws Exception {
        try (TestDatabase database = TestDatabase.open()) {
            UUID workspace = database.workspace("Operator", "operator");
            var context = new WorkspaceContext(workspace, "system:setup");
            var chain = new OperatorChain(database.workspaces());
            var store = new ChainStore();
            chain.seed(context, page(Map.of("chain", Map.of("standby", Duration.ofMinutes(15)))));
            List<ChainStep> seeded = database.workspaces().in(context, tx -> store.steps(tx, workspace));
            assertThat(seeded).containsExactly(new ChainStep(1, Term.of("15m"), List.of(), List.of()));

            database.workspaces().in(context, tx -> {
                store.replace(tx, workspace, List.of(new ChainStep(1, Term.of("5m"), List.of(), List.of())));
                return true;
            });
            chain.seed(context, page(Map.of("chain", Map.of("standby", Duration.ofMinutes(15)))));
            List<ChainStep> kept = database.workspaces().in(context, tx -> store.steps(tx, workspace));
            assertThat(kept).extracting(ChainStep::after).containsExactly(Term.of("5m"));
        }
    }

    @Test
    void a_term_that_is_none_names_its_place_in_the_page() {
        assertThatThrownBy(() -> IncidentPolicy.of(page(Map.of("reviewP3", "soon"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("incidents.reviewP3");
        assertThat(IncidentPolicy.of(page(Map.of())).reviewP3()).isEqualTo(Optional.empty());
    }
}
