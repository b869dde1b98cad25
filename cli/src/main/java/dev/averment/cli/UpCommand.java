package dev.averment.cli;

import dev.averment.server.boot.ServerOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code aver up}, as far as help goes. The launcher starts the server itself, in place of this program, so that signals
 * reach it and nothing else is on its class path.
 */
@Command(
        name = "up",
        sortOptions = false,
        description =
                "Starts the server on a database of its own, with no root and no Docker, puts the page in force and"
                        + " prints the addresses. Builds first if the sources are newer than the build. Ends with Ctrl-C or SIGTERM.",
        footerHeading = "%nExamples:%n",
        footer = {"  ./aver up", "  ./aver up --port 9443 --data /srv/averment --page pages/racing.yaml"})
final class UpCommand implements Callable<Integer> {
    @Mixin
    private ServerOptions options = new ServerOptions();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says how this command is used.")
    private boolean help;

    @Override
    public Integer call() throws CommandException {
        throw CommandException.wrongUse("the server is started by the launcher: run ./aver up in the source tree.");
    }
}
