package dev.averment.checks.accountlinking;

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

class AccountLinkingCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("session", "fresh", "unverifiedMail", "refused", "lastMethod", "kept");

    private final AccountLinkingCheck type = new AccountLinkingCheck();

    static List<String> refused() {
        return LinkTrial.REFUSED;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_must_be_refused_and_is_done_is_failing_and_named(String name) {
        var judgement = Altered.of(type, EXPECT).subject(name, "done", true);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains(name);
    }

    static List<String> works() {
        return LinkTrial.WORKS;
    }

    @ParameterizedTest
    @MethodSource("works")
    void what_must_work_and_does_not_is_failing(String name) {
        assertThat(Altered.of(type, EXPECT).subject(name, "done", false).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void what_was_not_tried_proves_nothing() {
        assertThat(Altered.of(type, EXPECT).subjects("made", false).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).subject(LinkTrial.LAST, "done", "?").verdict())
                .isEqualTo(Verdict.UNPROVEN);
        var facts = type.passingExample(EXPECT, Altered.NOW);
        var fewer = new dev.averment.checks.Facts(
                facts.observedAt(), facts.subjects().subList(1, facts.subjects().size()), facts.values());
        assertThat(type.judge().judge(fewer, EXPECT, Altered.NOW).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_promise_of_something_else_is_not_judged() {
        Map<String, Object> other = Map.of("session", "any");
        var said = type.judge().judge(type.passingExample(other, Altered.NOW), other, Altered.NOW);
        assertThat(said.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(said.reason()).contains("session");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
