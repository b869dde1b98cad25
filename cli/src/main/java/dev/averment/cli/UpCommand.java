package dev.averment.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code aver up}, as far as help goes. The launcher starts the server itself, in place of this program, so that signals
 * reach it and nothing else is on its class path.
 */
@Command(
        name = "up",
        description = "Starts the server on an embedded PostgreSQL, seeds the demo workspace and prints the addresses."
                + " Builds first if the sources are newer than the build. Ends with Ctrl-C or SIGTERM.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./aver up", "  ./aver up --port 9443 --data /srv/averment --page pages/racing.yaml"})
final class UpCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "N", description = "HTTPS port; 0 for any that is free.")
    private @Nullable Integer port;

    @Option(
            names = "--reading-port",
            paramLabel = "N",
            description = "Port on loopback that serves public pages over plain HTTP, for reading only; 0 for any.")
    private @Nullable Integer readingPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where everything is kept; made when absent. Default: $XDG_DATA_HOME/averment, or"
                    + " ~/.local/share/averment.")
    private @Nullable Path data;

    @Option(names = "--page", paramLabel = "PAGE", description = "The operator's page file, whose policy is enforced.")
    private @Nullable Path page;

    @Option(names = "--no-schedule", description = "Runs no checks and no jobs by itself.")
    private boolean noSchedule;

    @Override
    public Integer call() throws CommandException {
        throw CommandException.wrongUse("the server is started by the launcher: run ./aver up in the source tree.");
    }
}
