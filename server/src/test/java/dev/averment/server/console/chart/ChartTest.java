package dev.averment.server.console.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Geometry of the console's pictures. */
class ChartTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final SmallMultiple.Telling TELLING = new SmallMultiple.Telling() {
        @Override
        public String nothing(String name) {
            return name + ": nothing";
        }

        @Override
        public String range(String name, String last, String median, String least, String most, int runs) {
            return "%s: last %s, half below %s, %s to %s in %d runs".formatted(name, last, median, least, most, runs);
        }
    };

    private static RunLane.Run run(int from, int to) {
        return new RunLane.Run(
                NOON.plusSeconds(from),
                Optional.of(NOON.plusSeconds(to)),
                RunLane.End.OK,
                "/runs/" + from,
                "run " + from);
    }

    @Test
    void a_run_is_a_bar_from_its_start_to_its_end() {
        var lane = RunLane.of(axis(1000), List.of(run(100, 300)), List.of(), List.of());
        assertThat(lane.bars())
                .containsExactly(new RunLane.Bar("100.00", "200.00", 0, RunLane.End.OK, "/runs/100", "run 100"));
        assertThat(lane.height()).isEqualTo(RunLane.ROW_HEIGHT);
    }

    @Test
    void runs_at_the_same_time_lie_under_each_other_and_a_row_is_used_again_when_it_is_free() {
        var lane = RunLane.of(axis(1000), List.of(run(400, 500), run(0, 300), run(100, 350)), List.of(), List.of());
        assertThat(lane.bars()).extracting(RunLane.Bar::y).containsExactly(0, RunLane.ROW_HEIGHT, 0);
        assertThat(lane.rows()).isEqualTo(2);
    }

    @Test
    void a_run_that_goes_on_reaches_the_right_edge() {
        var open = new RunLane.Run(NOON.plusSeconds(900), Optional.empty(), RunLane.End.RUNNING, "/", "runs");
        assertThat(RunLane.of(axis(1000), List.of(open), List.of(), List.of()).bars())
                .singleElement()
                .satisfies(bar -> assertThat(bar.width()).isEqualTo("100.00"));
    }

    @Test
    void what_lies_outside_is_left_out_and_what_reaches_in_is_cut() {
        var lane = RunLane.of(
                axis(1000),
                List.of(run(-200, -100), run(-50, 100), run(2000, 2001)),
                List.of(NOON.minusSeconds(1), NOON.plusSeconds(500)),
                List.of(new RunLane.Missed(NOON.plusSeconds(5000), "late")));
        assertThat(lane.bars()).singleElement().satisfies(bar -> {
            assertThat(bar.x()).isEqualTo("0.00");
            assertThat(bar.width()).isEqualTo("100.00");
        });
        assertThat(lane.due()).containsExactly("500.00");
        assertThat(lane.missed()).isEmpty();
    }

    @Property
    void a_bar_never_leaves_the_picture(
            @ForAll @LongRange(min = -5000, max = 5000) long start,
            @ForAll @LongRange(min = 0, max = 9000) long length) {
        var run = new RunLane.Run(
                NOON.plusSeconds(start), Optional.of(NOON.plusSeconds(start + length)), RunLane.End.FAILED, "/", "");
        assertThat(RunLane.of(axis(1000), List.of(run), List.of(), List.of()).bars())
                .allSatisfy(bar -> {
                    assertThat(Double.parseDouble(bar.x())).isBetween(0.0, 996.0);
                    assertThat(Double.parseDouble(bar.x()) + Double.parseDouble(bar.width()))
                            .isLessThanOrEqualTo(1000.01);
                    assertThat(Double.parseDouble(bar.width())).isGreaterThanOrEqualTo(4);
                });
    }

    @Test
    void marks_stand_on_round_times() {
        assertThat(new TimeAxis(NOON.minusSeconds(10), NOON.plus(Duration.ofHours(24))).marks())
                .extracting(TimeAxis.Mark::text)
                .containsExactly("12:00", "18:00", "00:00", "06:00", "12:00");
        assertThat(new TimeAxis(NOON, NOON.plus(Duration.ofDays(7))).marks())
                .extracting(TimeAxis.Mark::text)
                .startsWith("11-25")
                .hasSize(7);
    }

    @Test
    void an_axis_that_goes_backward_is_refused() {
        assertThatThrownBy(() -> new TimeAxis(NOON, NOON)).hasMessageContaining("forward");
    }

    @Test
    void figures_become_a_line_over_nought_with_the_limit_near_them() {
        var chart = chart(
                List.of(point(0, 10), point(500, 20), point(1000, 15)),
                List.of(new SmallMultiple.Limit(18, "at most 18 s"), new SmallMultiple.Limit(3600, "at most 1 h")));
        assertThat(chart.line()).isEqualTo("0.00,36.00 500.00,3.00 1000.00,19.50");
        assertThat(chart.limits()).extracting(SmallMultiple.Line::title).containsExactly("at most 18 s");
        assertThat(chart.words()).isEqualTo("Duration: last 15 s, half below 15 s, 10 s to 20 s in 3 runs");
        assertThat(chart.top()).isEqualTo("20 s");
    }

    @Test
    void a_figure_that_no_run_has_says_so() {
        var chart = chart(List.of(), List.of(new SmallMultiple.Limit(5, "at most")));
        assertThat(chart.dots()).isEmpty();
        assertThat(chart.last()).isEmpty();
        assertThat(chart.words()).isEqualTo("Duration: nothing");
    }

    @Test
    void figures_that_are_all_nought_lie_on_the_ground() {
        assertThat(chart(List.of(point(1, 0)), List.of()).dots())
                .extracting(SmallMultiple.Dot::y)
                .containsExactly("69.00");
    }

    @Property
    void the_upper_edge_is_round_and_not_far_above(
            @ForAll @LongRange(min = 1, max = 1_000_000_000_000L) long millionths) {
        double value = millionths / 1e6;
        assertThat(SmallMultiple.round(value)).isBetween(value, 2.01 * value);
    }

    private static SmallMultiple.Point point(int at, double value) {
        return new SmallMultiple.Point(NOON.plusSeconds(at), value, false, "/runs/" + at);
    }

    private static SmallMultiple chart(List<SmallMultiple.Point> points, List<SmallMultiple.Limit> limits) {
        return SmallMultiple.of(
                "Duration", axis(1000), points, limits, v -> Math.round(v) + " s", Instant::toString, TELLING);
    }

    private static TimeAxis axis(int seconds) {
        return new TimeAxis(NOON, NOON.plusSeconds(seconds));
    }
}
