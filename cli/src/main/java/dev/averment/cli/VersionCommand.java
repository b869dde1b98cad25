package dev.averment.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code aver version}. */
@Command(name = "version", description = "Prints this build's version and the Java that runs it.")
final class VersionCommand implements Callable<Integer> {
    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println("aver " + Version.text() + " (Java " + Runtime.version() + ")");
        return Exit.HOLDS;
    }
}
