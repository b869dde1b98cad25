package dev.averment.server.boot;

import dev.averment.server.database.EmbeddedPostgres;
import dev.averment.server.database.StartException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code aver up}: starts the server and stays until it is told to stop. */
@Command(
        name = "aver up",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Starts the server on a database of its own, with no root and no Docker, and prints its addresses.",
        footer = {
            "",
            "Exit codes: 0 stopped as told, 2 wrong use or it can't start here, 3 it broke,",
            "130 told to stop before it was ready.",
        })
public final class Up implements Callable<Integer> {
    @Mixin
    private ServerOptions options = new ServerOptions();

    private static final int TOLD_TO_STOP = 130;

    private final AtomicReference<EmbeddedPostgres> making = new AtomicReference<>();
    private final AtomicReference<AvermentServer> running = new AtomicReference<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean told;

    private Up() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Up()).setParameterExceptionHandler((e, said) -> {
            String what = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            e.getCommandLine()
                    .getErr()
                    .println("averment: " + what + (what.endsWith(".") ? "" : ".")
                            + " Nothing was started; ./aver help up says what it takes.");
            return 2;
        });
    }

    @Override
    public Integer call() throws Exception {
        Runtime.getRuntime().addShutdownHook(new Thread(this::signalled));
        try (var server = AvermentServer.start(
                options, line -> System.err.println("averment: " + line), InstantSource.system(), making::set)) {
            running.set(server);
            if (told) {
                return TOLD_TO_STOP;
            }
            try (var refusals = RefusalLog.in(server.dataFolder().resolve("run"))) {
                server.printAddresses(System.out);
                new CountDownLatch(1).await();
                return 0;
            }
        } catch (StartException e) {
            if (!told) {
                System.err.println("averment: " + e.getMessage());
            }
            return 2;
        } finally {
            ended.countDown();
        }
    }

    /** Runs when the process ends, by a signal or by itself. */
    private void signalled() {
        if (ended.getCount() == 0) {
            return;
        }
        told = true;
        AvermentServer server = running.get();
        if (server != null) {
            stop(server);
            return;
        }
        System.err.println(
                "averment: told to stop before it was ready; nothing is lost, start it again with ./aver up.");
        System.err.flush();
        // The start breaks now wherever it is: that is no news.
        System.setOut(new PrintStream(OutputStream.nullOutputStream()));
        System.setErr(new PrintStream(OutputStream.nullOutputStream()));
        try {
            EmbeddedPostgres database = making.get();
            if (database != null) {
                database.close();
            }
        } catch (RuntimeException e) {
            // The next start ends a database that was left behind.
        }
        Runtime.getRuntime().halt(TOLD_TO_STOP);
    }

    /**
     * Runs when a signal came. Left alone the JVM would then end with 128 and the signal's number, as if it had been killed;
     * it was told to stop and did.
     */
    private static void stop(AvermentServer server) {
        int status = 0;
        try {
            server.close();
            System.out.println("stopped; data is safe in " + server.dataFolder());
        } catch (RuntimeException e) {
            System.err.println("averment: it did not stop in order: " + StartException.unstopped(e.getMessage())
                    + ". The next start recovers what was written.");
            status = 3;
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(status);
    }
}
