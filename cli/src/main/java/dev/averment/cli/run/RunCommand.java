package dev.averment.cli.run;

import dev.averment.cli.CommandException;
import dev.averment.cli.Terminal;
import dev.averment.evidence.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver run MONITOR -- CMD…}: runs a job and tells its monitor; ends as the job ends, whether the server is there or not. */
@Command(
        name = "run",
        description = {
            "Runs a job and tells its monitor: start, exit status, duration, peak memory, and of the output the beginning and"
                    + " the end.",
            "",
            "The exit code is the job's, or 127 when it can't be started. A server that is away never fails the job."
        })
public final class RunCommand implements Callable<Integer> {
    private static final int NOT_STARTED = 127;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s+(\\d+) kB$");

    private final Terminal terminal;
    private final Map<String, String> environment;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server, for a token; AVERMENT_URL in the environment otherwise.")
    private @Nullable URI server;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "Certificate of the server's authority, if the system does not trust it; AVERMENT_CA otherwise.")
    private @Nullable Path authority;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says how this command is used.")
    private boolean help;

    @Parameters(
            index = "0",
            paramLabel = "MONITOR",
            description =
                    "The address of the monitor's pings, which others on this machine may see; or a file with that, or with a"
                            + " token of the monitor.")
    private String monitor = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CMD", description = "The job, after --.")
    private List<String> command = List.of();

    public RunCommand(Terminal terminal, Map<String, String> environment) {
        this.terminal = terminal;
        this.environment = Map.copyOf(environment);
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        String ca = environment.get("AVERMENT_CA");
        Path trusted = authority == null && ca != null && !ca.isBlank() ? Path.of(ca) : authority;
        Reporter reporter = reporter(trusted);
        Thread started = Thread.ofVirtual().start(() -> reporter.tell(JsonObject.of("event", "start")));
        var output = new Tee();
        Process job;
        try {
            job = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            terminal.say("the job can't be started: " + e.getMessage());
            started.join(GRACE);
            reporter.tell(JsonObject.of(
                    "event", "fail", "exit", (long) NOT_STARTED, "output", String.valueOf(e.getMessage())));
            return NOT_STARTED;
        }
        long began = System.nanoTime();
        // Whoever ends us ends the job, and hears how it went.
        var told = new CountDownLatch(1);
        var ending = new Thread(() -> end(job, told));
        Runtime.getRuntime().addShutdownHook(ending);
        Thread out = copy(job.getInputStream(), terminal.out(), output);
        Thread err = copy(job.getErrorStream(), terminal.err(), output);
        long peak = 0;
        do {
            peak = Math.max(peak, peak(job.toHandle()));
        } while (!job.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS));
        out.join(GRACE);
        err.join(GRACE);
        int exit = job.exitValue();
        started.join(GRACE);
        reporter.tell(JsonObject.of(
                "event",
                exit == 0 ? "success" : "fail",
                "exit",
                (long) Math.min(exit, 255),
                "metrics",
                JsonObject.of(
                        "duration_ms",
                        (System.nanoTime() - began) / 1_000_000,
                        "output_bytes",
                        output.size(),
                        "peak_memory",
                        peak == 0 ? null : peak),
                "output",
                output.text()));
        told.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // It runs: whoever ended us waits for what was just told.
        }
        return exit;
    }

    private Reporter reporter(@Nullable Path trusted) throws CommandException {
        String secret = Reporter.secret(monitor);
        UUID run = UUID.randomUUID();
        return Reporter.isAddress(secret)
                ? Reporter.byAddress(secret, trusted, run, terminal::say)
                : Reporter.byToken(server == null ? fromEnvironment() : server, secret, trusted, run, terminal::say);
    }

    private URI fromEnvironment() throws CommandException {
        String url = environment.get("AVERMENT_URL");
        if (url == null || url.isBlank()) {
            throw CommandException.wrongUse("Which server? Give its address with --server or in AVERMENT_URL.");
        }
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw CommandException.wrongUse("AVERMENT_URL is \"" + url + "\", which is no address.");
        }
    }

    private static void end(Process job, CountDownLatch told) {
        job.destroy();
        try {
            if (!job.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                job.destroyForcibly();
            }
            told.await(GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread copy(InputStream from, PrintStream to, Tee output) {
        return Thread.ofVirtual().start(() -> {
            byte[] part = new byte[8_192];
            try (from) {
                for (int count = from.read(part); count >= 0; count = from.read(part)) {
                    to.write(part, 0, count);
                    to.flush();
                    output.write(part, count);
                }
            } catch (IOException e) {
                // The job has closed it, or is gone: there is nothing more to read.
                return;
            }
        });
    }

    /** The most memory that the job or one of its children has had in it at once, in bytes; 0 where the system doesn't say. */
    private static long peak(ProcessHandle job) {
        try (Stream<ProcessHandle> all = Stream.concat(Stream.of(job), job.descendants())) {
            return all.mapToLong(each -> {
                        try {
                            Matcher found = PEAK.matcher(
                                    Files.readString(Path.of("/proc", Long.toString(each.pid()), "status")));
                            return found.find() ? Long.parseLong(found.group(1)) * 1_024 : 0;
                        } catch (IOException e) {
                            return 0;
                        }
                    })
                    .max()
                    .orElse(0);
        }
    }
}
