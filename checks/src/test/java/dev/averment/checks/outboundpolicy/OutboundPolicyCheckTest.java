package dev.averment.checks.outboundpolicy;

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
import org.junit.jupiter.params.provider.ValueSource;

class OutboundPolicyCheckTest {
    private final OutboundPolicyCheck type = new OutboundPolicyCheck();
    private final Altered altered = Altered.of(type, Map.of("refused", "all", "connection", "pinned"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                OutboundPolicyCollector.MADE,
                OutboundPolicyCollector.CHANGED,
                OutboundPolicyCollector.KINDS,
                OutboundPolicyCollector.NAMES
            })
    void one_address_that_is_taken_is_failing_wherever_it_is(String way) {
        assertThat(altered.subject(way, "refused", 24L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(way, "tried", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(way, "tried", "many").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_corpus_that_is_too_small_proves_nothing() {
        assertThat(altered.subject(OutboundPolicyCollector.MADE, "tried", 149L).reason())
                .contains("149", "proves little");
    }

    @Test
    void a_message_that_leaves_for_inside_is_failing_and_so_is_one_refused_without_a_word() {
        String sent = OutboundPolicyCollector.SENT;
        assertThat(altered.value("reached", 1L).reason()).contains("its own machine");
        assertThat(altered.subject(sent, "blocked", 0L).reason()).contains("not refused when they were sent");
        assertThat(altered.subject(sent, "reasons", 0L).reason()).contains("does not say why");
        assertThat(altered.subject(sent, "tried", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.value("reached", "").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_connection_that_goes_elsewhere_is_failing() {
        String pin = OutboundPolicyCollector.PIN;
        assertThat(altered.subject(pin, "elsewhere", 1L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(pin, "lookUps", 2L).reason()).contains("looked up again");
        assertThat(altered.subject(OutboundPolicyCollector.REDIRECT, "elsewhere", 1L)
                        .reason())
                .contains("redirect was followed");
    }

    @Test
    void a_receiver_that_nothing_reached_proves_nothing() {
        assertThat(altered.subject(OutboundPolicyCollector.PIN, "status", 0L).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(OutboundPolicyCollector.REDIRECT, "status", 204L)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void only_a_promise_about_connections_asks_where_they_go_and_unknown_promises_prove_nothing() {
        assertThat(Altered.of(type, Map.of("refused", "all"))
                        .subject(OutboundPolicyCollector.PIN, "lookUps", 2L)
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
        assertThat(type.judge()
                        .judge(type.passingExample(Map.of(), Altered.NOW), Map.of("refused", "most"), Altered.NOW)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void the_corpus_is_whole_and_leads_to_the_port_of_the_check() {
        HostileAddresses hostile = HostileAddresses.read(41234);
        assertThat(hostile.spelled())
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(OutboundPolicyJudge.FEWEST)
                .contains("https://127.0.0.1:41234/", "https://2130706433/", "http://hook.example.com/");
        assertThat(hostile.names())
                .hasSizeGreaterThanOrEqualTo(20)
                .contains(
                        new HostileAddresses.Name("https://mixed.example.com/", List.of("93.184.215.14", "127.0.0.1")));
    }

    @Test
    void another_corpus_and_a_target_without_a_sign_in_are_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of("corpus", "mine")))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("hostile-addresses");
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
