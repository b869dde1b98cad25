package dev.averment.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final Report report = new Report("name", "What?", "With what?");

    @Test
    void the_middle_of_an_even_number_of_rounds_is_the_mean_of_the_two_in_the_middle() {
        Samples samples = report.samples("row", "s");
        for (double value : new double[] {4, 1, 3, 2}) {
            samples.add(value);
        }
        assertThat(samples.min()).isEqualTo(1);
        assertThat(samples.median()).isEqualTo(2.5);
        assertThat(samples.max()).isEqualTo(4);
        samples.add(100);
        assertThat(samples.median()).isEqualTo(3);
    }

    @Test
    void a_row_that_was_never_measured_is_no_report() {
        report.samples("row", "s");
        assertThatThrownBy(() -> report.markdown(new Machine("m", "0"), Effort.smoke(), "c", Instant.EPOCH))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("never measured");
    }

    @Test
    void a_figure_that_cannot_be_is_refused() {
        Samples samples = report.samples("row", "s");
        assertThatThrownBy(() -> samples.add(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> samples.add(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_missed_target_is_said_loudly() {
        report.atLeast("speed", 14_999, "leaves/s", 15_000);
        report.atMost("wait", 10, "s", 10);
        assertThat(report.targets()).extracting(Report.Target::met).containsExactly(false, true);
        assertThat(report.markdown(new Machine("m", "0"), Effort.smoke(), "c", Instant.EPOCH))
                .contains("| speed | 14,999 leaves/s | ≥ 15,000 leaves/s | **missed** |")
                .contains("| wait | 10.0 s | ≤ 10.0 s | met |");
    }

    @Test
    void raw_figures_stand_in_the_order_in_which_they_were_taken() {
        Samples samples = report.samples("row", "s");
        samples.add(3);
        samples.add(1);
        assertThat(report.markdown(new Machine("m", "0"), Effort.smoke(), "c", Instant.EPOCH))
                .contains("| row | s | 1.00 | 2.00 | 3.00 |")
                .contains("row [s]: 3.00  1.00");
    }
}
