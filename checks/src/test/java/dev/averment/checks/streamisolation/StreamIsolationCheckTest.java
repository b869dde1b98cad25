package dev.averment.checks.streamisolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamIsolationCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("crossed", "none");

    private final StreamIsolationCheck type = new StreamIsolationCheck();

    @Test
    void one_event_of_another_tenant_is_failing_on_every_stream() {
        for (String name : List.of(
                StreamIsolationCollector.ONE,
                StreamIsolationCollector.OTHER,
                StreamIsolationCollector.RESUMED,
                StreamIsolationCollector.INTRUDED)) {
            var said = Altered.of(type, EXPECT).subject(name, "foreign", 1L);
            assertThat(said.verdict()).as(name).isEqualTo(Verdict.FAILING);
            assertThat(said.reason()).contains(name);
        }
    }

    @Test
    void somebody_who_is_no_member_and_is_let_in_is_failing() {
        assertThat(Altered.of(type, EXPECT)
                        .subject(StreamIsolationCollector.INTRUDED, "status", 200L)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_stream_that_lacks_its_own_events_proves_nothing() {
        assertThat(Altered.of(type, EXPECT)
                        .subject(StreamIsolationCollector.ONE, "own", 9_999L)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT)
                        .subject(StreamIsolationCollector.RESUMED, "own", 0L)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).subjects("foreign", "?").verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).value("events", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_promise_of_something_else_is_not_judged() {
        Map<String, Object> other = Map.of("crossed", "other");
        var said = type.judge().judge(type.passingExample(other, Altered.NOW), other, Altered.NOW);
        assertThat(said.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(said.reason()).contains("crossed");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
