package dev.averment.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench/run NAME…}: runs benchmarks and writes their reports. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Runs benchmarks, each beside the raw limit or a peer, and writes bench/reports/NAME.md.",
        footer = {"", "Exit codes: 0 every target met, 1 one missed, 2 wrong use, 3 a benchmark broke."})
public final class Bench implements Callable<Integer> {
    private static final List<Benchmark> ALL = List.of(
            new LogBenchmark(),
            new LeafBenchmark(),
            new SealBenchmark(),
            new JobBenchmark(),
            new IngestBenchmark(),
            new StreamBenchmark(),
            new PageBenchmark(),
            new VerifyBenchmark(),
            new UpBenchmark(),
            new ProveBenchmark());

    @Parameters(
            paramLabel = "NAME",
            arity = "1..*",
            description = "Which: log, leaf, seal, jobs, ingest, streams, page, verify, up, prove, or all.")
    private List<String> names = List.of();

    @Option(names = "--short", description = "Fewer and shorter rounds.")
    private boolean brief;

    @Option(names = "--reports", paramLabel = "DIR", description = "Where reports go (default: ${DEFAULT-VALUE}).")
    private Path reports = Path.of("bench", "reports");

    private Bench() {}

    /** Every benchmark, in the order in which {@code all} runs them. */
    static List<Benchmark> all() {
        return ALL;
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        var chosen = new ArrayList<Benchmark>();
        for (String name : names) {
            List<Benchmark> found = ALL.stream()
                    .filter(b -> name.equals("all") || b.name().equals(name))
                    .toList();
            if (found.isEmpty()) {
                System.err.println("bench: there is no benchmark " + name + ". Give one of "
                        + String.join(", ", ALL.stream().map(Benchmark::name).toList()) + ", or all.");
                return 2;
            }
            chosen.addAll(found);
        }
        Effort effort = brief ? Effort.brief() : Effort.full();
        boolean met = true;
        boolean broke = false;
        for (Benchmark benchmark : chosen) {
            Instant began = Instant.now();
            Machine machine = Machine.look();
            System.err.println("bench: " + benchmark.name() + " …");
            try {
                Report report = benchmark.run(effort);
                String command = "bench/run " + benchmark.name() + (brief ? " --short" : "");
                Path file = report.write(reports, machine, effort, command, began);
                System.out.println(report.markdown(machine, effort, command, began));
                System.err.println("bench: wrote " + file);
                met &= report.targets().stream().allMatch(Report.Target::met);
            } catch (Exception e) {
                // One broken benchmark must not hide the figures of the others; the exit code tells.
                System.err.println("bench: " + benchmark.name() + " broke: " + e);
                e.printStackTrace();
                broke = true;
            }
        }
        return broke ? 3 : met ? 0 : 1;
    }
}
