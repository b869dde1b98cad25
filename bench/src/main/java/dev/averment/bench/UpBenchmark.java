package dev.averment.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/** From the command to the first page. The peer is the same start on a data folder that is there already. */
public final class UpBenchmark implements Benchmark {
    @Override
    public String name() {
        return "up";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        var report = new Report(
                "up",
                "Seconds from starting `aver up` on a built tree to the first page answered with 200: JVM, database,"
                        + " schema, application, first rows, page in force.",
                "Compared with a start on the data folder of the start before: what remains is what no cluster, roles and"
                        + " migrations have to be made for. The raw limit is a JVM that starts and prints its version.");
        Samples jvm = report.samples("java -version", "s");
        Samples fresh = report.samples("fresh data folder", "s");
        Samples existing = report.samples("existing data folder", "s");
        Path folder = Files.createTempDirectory("averment-bench-");
        try {
            // PostgreSQL's programs are unpacked once for a user; that is the installation's cost, not the start's.
            RunningServer.start(folder.resolve("warm-up"), "--no-schedule").close();
            for (int i = 0; i < effort.rounds(); i++) {
                jvm.add(versionSeconds());
                Path data = folder.resolve("data-" + i);
                try (var server = RunningServer.start(data)) {
                    fresh.add(server.secondsToFirstPage());
                }
                try (var server = RunningServer.start(data)) {
                    existing.add(server.secondsToFirstPage());
                }
            }
        } finally {
            Disposable.delete(folder);
        }
        report.atMost("first page, fresh data folder, median", fresh.median(), "s", 10);
        report.atMost("first page, existing data folder, median", existing.median(), "s", 10);
        report.note(
                "Started with `" + Path.of(RunningServer.launcher().getFirst()).getFileName() + "`.");
        return report;
    }

    private static double versionSeconds() throws Exception {
        long began = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("java -version ended with " + process.exitValue());
        }
        return (System.nanoTime() - began) / 1e9;
    }
}
