package dev.averment.checks.actortoken;

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
import org.junit.jupiter.params.provider.MethodSource;

class ActorTokenCheckTest {
    private static final Map<String, Object> EXPECT = Map.of(
            "serviceAuthentication",
            "required",
            "refused",
            List.of("unsigned", "expired", "replayed", "altered"),
            "signature",
            "hmac",
            "identifierFrom",
            "token-only");

    private final ActorTokenCheck type = new ActorTokenCheck();

    private Altered altered() {
        return Altered.of(type, EXPECT);
    }

    static List<String> attempts() {
        return ActorTokenCollector.ATTEMPTS;
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void whatever_is_wrong_and_accepted_is_failing(String attempt) {
        assertThat(altered().subject(attempt, "accepted", true).reason()).contains(attempt);
        assertThat(altered().subject(attempt, "accepted", true).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered().subject(attempt, "accepted", "perhaps").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void refusals_say_nothing_where_a_good_request_is_refused() {
        for (String good : List.of(ActorTokenCollector.CONTROL, ActorTokenCollector.TRULY_SIGNED)) {
            assertThat(altered().subject(good, "accepted", false).verdict()).isEqualTo(Verdict.UNPROVEN);
        }
    }

    @Test
    void an_id_from_a_parameter_is_failing() {
        assertThat(altered().value("identifierFrom", "parameter").verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered().value("identifierFrom", "").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_token_that_may_live_longer_than_promised_is_failing() {
        assertThat(altered().value("longestAcceptedSeconds", 61L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, Map.of("lifetime", Map.of("max", "5m")))
                        .value("longestAcceptedSeconds", 61L)
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_key_that_others_can_read_is_failing_even_though_the_services_then_refuse_each_other() {
        assertThat(altered().value("keyOpenToOthers", true).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered().value("keyOpenToOthers", "").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_process_that_calls_itself_proves_nothing_between_services() {
        assertThat(altered().value("processes", 1L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void another_signature_is_failing() {
        assertThat(altered().value("algorithm", "none").verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_refusal_that_was_promised_and_never_tried_is_unproven() {
        var facts = type.passingExample(EXPECT, Altered.NOW);
        assertThat(type.judge()
                        .judge(facts, Map.of("refused", List.of("forged in wax")), Altered.NOW)
                        .reason())
                .contains("forged in wax");
    }

    @Test
    void a_target_that_shows_no_services_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("call each other");
    }
}
