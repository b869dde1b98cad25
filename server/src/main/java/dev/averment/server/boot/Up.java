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
        var stopped = new CountDownLatch(1);
        try (var server = AvermentServer.start(options, line -> System.err.println("averment: " + line))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                stopped.countDown();
            }));
            server.printAddresses(System.out);
            stopped.await();
            return 0;
        } catch (StartException e) {
            System.err.println("averment: " + e.getMessage());
            return 2;
        }
    }
}
