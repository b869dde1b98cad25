package dev.averment.checks.streamcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamCapCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("beyond", "refused", "released", "on-close");

    private final StreamCapCheck type = new StreamCapCheck();

    @Test
    void a_stream_too_many_is_failing_wherever_it_is_let_in() {
        for (String name : List.of(StreamCapCollector.BEYOND, StreamCapCollector.ELSEWHERE, StreamCapCollector.AGAIN)) {
            var said = Altered.of(type, EXPECT).subject(name, "opened", true);
            assertThat(said.verdict()).as(name).isEqualTo(Verdict.FAILING);
            assertThat(said.reason()).contains(name);
        }
    }

    @Test
    void a_refusal_says_why_and_is_the_one_for_too_many() {
        assertThat(Altered.of(type, EXPECT)
                        .subject(StreamCapCollector.BEYOND, "reason", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, EXPECT)
                        .subject(StreamCapCollector.BEYOND, "status", 503L)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_closed_stream_that_makes_no_room_is_failing() {
        assertThat(Altered.of(type, EXPECT)
                        .subject(StreamCapCollector.RELEASED, "opened", false)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void without_numbers_nothing_is_proven() {
        assertThat(Altered.of(type, EXPECT).value("streams", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).value("servers", "?").verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).subjects("opened", "?").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_promise_of_something_else_is_not_judged() {
        Map<String, Object> other = Map.of("released", "other");
        var said = type.judge().judge(type.passingExample(other, Altered.NOW), other, Altered.NOW);
        assertThat(said.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(said.reason()).contains("released");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
