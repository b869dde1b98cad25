package dev.averment.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every benchmark runs to its end and says something; whether targets are met is for quiet machines. */
class SignOfLifeTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.averment.bench.Bench#all")
    void a_short_run_measures_every_row_and_writes_a_report(Benchmark benchmark) throws Exception {
        Report report = benchmark.run(Effort.smoke());
        assertThat(report.name()).isEqualTo(benchmark.name());
        assertThat(report.targets()).isNotEmpty();
        assertThat(report.samples()).isNotEmpty().allSatisfy(s -> {
            assertThat(s.values()).as(s.label()).hasSize(1);
            assertThat(s.min()).as(s.label()).isLessThanOrEqualTo(s.max());
        });
        Path file =
                report.write(folder, Machine.look(), Effort.smoke(), "bench/run " + benchmark.name(), Instant.EPOCH);
        assertThat(Files.readString(file))
                .startsWith("# " + benchmark.name() + "\n")
                .contains("1970-01-01T00:00:00Z", "| target | measured | wanted | |", "Raw figures");
    }
}
