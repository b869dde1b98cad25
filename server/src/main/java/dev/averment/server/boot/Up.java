package dev.averment.server.boot;

import dev.averment.server.database.StartException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
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
            "Exit codes: 0 stopped as told, 2 wrong use or it can't start here, 3 it broke.",
        })
public final class Up implements Callable<Integer> {
    @Mixin
    private ServerOptions options = new ServerOptions();

    private Up() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Up()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        try (var server = AvermentServer.start(options, line -> System.err.println("averment: " + line))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
            server.printAddresses(System.out);
            new CountDownLatch(1).await();
            return 0;
        } catch (StartException e) {
            System.err.println("averment: " + e.getMessage());
            return 2;
        }
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
