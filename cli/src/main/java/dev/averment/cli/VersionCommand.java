package dev.averment.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aver version}. */
@Command(name = "version", description = "Prints this build's version and the Java that runs it.")
final class VersionCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says how this command is used.")
    private boolean help;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println("aver " + Version.text() + " (Java " + Runtime.version() + ")");
        return Exit.HOLDS;
    }
}
