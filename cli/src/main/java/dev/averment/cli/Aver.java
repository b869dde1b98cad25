package dev.averment.cli;

import dev.averment.cli.draft.InitCommand;
import dev.averment.cli.packet.VerifyCommand;
import dev.averment.cli.prove.ProveCommand;
import dev.averment.cli.run.RunCommand;
import dev.averment.server.proving.InstanceTarget;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;

/** Entry of every command but {@code up} and {@code test}, which the launcher starts itself. */
@Command(
        name = "aver",
        description = "A security page whose every sentence is bound to a live check.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = false,
        subcommands = HelpCommand.class,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  holds",
            "  1  does not hold",
            "  2  wrong use: the command, a file or a value is wrong; nothing was looked at",
            "  3  could not tell: something that is needed was not there or broke",
            "",
            "Machine output goes to standard output, progress to standard error. No colour when standard output is no"
                    + " terminal or NO_COLOR is set."
        })
public final class Aver implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says what there is.")
    private boolean help;

    /** The help texts are set for this width. */
    private static final int HELP_WIDTH = 112;

    private Aver() {}

    @Override
    public void run() {
        if (spec != null && !help) {
            throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: a command is missing.");
        }
    }

    /** {@code aver --version} is what everybody tries first. */
    private static String[] named(String[] args) {
        return args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))
                ? new String[] {"version"}
                : args;
    }

    public static void main(String[] args) {
        int columns = Integer.getInteger("aver.columns", 0);
        System.exit(run(Terminal.standard(System.getenv(), columns), System.getenv(), InstantSource.system(), args));
    }

    /** Runs one command and returns its exit code; never throws for what a user can cause. */
    static int run(Terminal terminal, Map<String, String> environment, InstantSource clock, String... args) {
        return commandLine(terminal, environment, clock).execute(named(args));
    }

    static CommandLine commandLine(Terminal terminal, Map<String, String> environment, InstantSource clock) {
        CommandLine line = new CommandLine(new Aver())
                .addSubcommand(new UpCommand())
                .addSubcommand(new ProveCommand(terminal, environment, clock, InstanceTarget::of))
                .addSubcommand(new SabotageCommand(terminal, clock))
                .addSubcommand(new VerifyCommand(terminal, clock))
                .addSubcommand(new InitCommand(terminal, clock))
                .addSubcommand(new RunCommand(terminal, environment))
                .addSubcommand(new TestCommand())
                .addSubcommand(new VersionCommand(terminal))
                .setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.colour() ? Ansi.ON : Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((e, said) -> {
                    terminal.say(String.valueOf(e.getMessage()));
                    CommandLine.UnmatchedArgumentException.printSuggestions(
                            e, e.getCommandLine().getErr());
                    terminal.err()
                            .println("Usage: see aver "
                                    + (e.getCommandLine().getParent() == null
                                            ? "--help"
                                            : "help " + e.getCommandLine().getCommandName()));
                    return Exit.WRONG_USE;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> failed(terminal, e));
        return line;
    }

    private static int failed(Terminal terminal, Exception e) {
        if (e instanceof CommandException refused) {
            terminal.say(refused.reason());
            return refused.exit();
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            terminal.say("interrupted before it could tell; run it again.");
            return Exit.COULD_NOT_TELL;
        }
        terminal.say("this is a fault in aver itself; please report it with the lines below.");
        e.printStackTrace(terminal.err());
        return Exit.COULD_NOT_TELL;
    }
}
