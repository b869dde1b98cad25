package dev.averment.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver test}, as far as help goes: it builds this program, so it can't be a part of it. */
@Command(
        name = "test",
        description =
                "Installs the real parts that the tests need (scripts/install-test-parts), then runs all tests with"
                        + " mvn verify. Fails when a test fails or was skipped, and ends with the line"
                        + " \"N passed, N failed, N skipped\".",
        footerHeading = "%nExamples:%n",
        footer = {"  ./aver test", "  ./aver test -pl claims"})
final class TestCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says how this command is used.")
    private boolean help;

    @Parameters(paramLabel = "ARG", description = "Handed on to Maven.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws CommandException {
        throw CommandException.wrongUse("the tests are run by the launcher: run ./aver test in the source tree.");
    }
}
