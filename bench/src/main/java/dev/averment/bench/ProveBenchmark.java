package dev.averment.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An engineer's wait for {@code aver prove}. The raw limit is the same command asked for its help. */
public final class ProveBenchmark implements Benchmark {
    private static final int LIMIT_MINUTES = 5;

    @Override
    public String name() {
        return "prove";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        var report = new Report(
                "prove",
                "Seconds that `aver prove pages/self.yaml` takes against a running server: every check of the page once.",
                "Compared with `aver prove --help`: the same JVM and class path, and nothing looked at.");
        Samples help = report.samples("aver prove --help", "s");
        Samples prove = report.samples("aver prove pages/self.yaml", "s");
        Path folder = Files.createTempDirectory("averment-bench-");
        Path page = page();
        try (var server = RunningServer.start(folder.resolve("data"), "--no-schedule", "--page", page.toString())) {
            int rounds = Math.min(3, effort.rounds());
            String last = "";
            for (int i = 0; i < rounds; i++) {
                help.add(run(folder, List.of("prove", "--help"), List.of(0)).seconds());
                // 1 says that a claim does not hold, which is the page's business; the time is ours.
                Ran ran = run(
                        folder,
                        List.of(
                                "prove",
                                page.toString(),
                                "--target",
                                server.data().toString()),
                        List.of(0, 1));
                prove.add(ran.seconds());
                last = ran.output();
            }
            List<String> lines = last.lines().filter(l -> !l.isBlank()).toList();
            report.note("It ended with: " + lines.getLast());
        } finally {
            Disposable.delete(folder);
        }
        report.atMost("aver prove pages/self.yaml, median", prove.median(), "s", 30);
        return report;
    }

    /** The page in the tree, from the tree's root or from this module's folder. */
    private static Path page() {
        Path here = Path.of("pages", "self.yaml");
        return (Files.exists(here) ? here : Path.of("..", "pages", "self.yaml"))
                .toAbsolutePath()
                .normalize();
    }

    private record Ran(double seconds, String output) {}

    private static Ran run(Path folder, List<String> arguments, List<Integer> accepted) throws Exception {
        var command = new ArrayList<String>();
        Path aver = Path.of("aver");
        if (RunningServer.launcher().getFirst().equals(aver.toAbsolutePath().toString())) {
            command.add(aver.toAbsolutePath().toString());
        } else {
            command.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseParallelGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.averment.cli.Aver"));
        }
        command.addAll(arguments);
        Path said = folder.resolve("prove.out");
        long began = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("aver prove took longer than " + LIMIT_MINUTES + " minutes");
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        String output = Files.readString(said);
        if (!accepted.contains(process.exitValue())) {
            throw new IllegalStateException("exit code " + process.exitValue() + ": " + output);
        }
        return new Ran(seconds, output);
    }
}
