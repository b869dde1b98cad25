package dev.averment.cli;

import dev.averment.checks.load.CheckTypes;
import dev.averment.claims.Claim;
import dev.averment.claims.file.Nearest;
import dev.averment.cli.prove.PageFile;
import dev.averment.sabotage.Bound;
import dev.averment.sabotage.Harness;
import dev.averment.sabotage.instance.InstanceException;
import dev.averment.sabotage.instance.Launch;
import dev.averment.sabotage.instance.ServerLibraries;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver sabotage}. */
@Command(
        name = "sabotage",
        sortOptions = false,
        description = "Breaks a disposable instance on purpose, one fault at a time, and demands that each is caught.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  every fault was caught, and its check held again afterwards; with --calm: no false alarm",
            "  1  a fault was missed, or a check stayed red after its removal; with --calm: a false alarm",
            "  2  the page file is refused, or it has no such claim; nothing was planted",
            "  3  a fault could not be planted, because its check does not hold by itself or something else broke",
            "",
            "A check whose type is not built yet is listed and counts as nothing.",
            "",
            "Formats:",
            "  text  a line a fault: outcome, fault, claim/check, what the check said",
            "  json  {page, trials: [{fault, breaks, claim, check, type, expected, outcome, seen, reason, millis}],",
            "        waiting: [{claim, check, type, built, reason}], summary: {caught, missed, notRecovered, notPlanted,",
            "        noCheckYet}, exit}; with --calm {page, runs, checks, falseAlarms: [{claim, check, run, verdict,",
            "        reason}], neverHeld: [the same], exit}; with --list {page, faults: [{fault, breaks, claim, check,",
            "        type, expected}]}",
            "",
            "Examples:",
            "  ./aver sabotage pages/self.yaml",
            "  ./aver sabotage pages/self.yaml row-security immutable-log",
            "  ./aver sabotage pages/self.yaml --calm 10"
        })
public final class SabotageCommand implements Callable<Integer> {
    private static final int MOST_RUNS = 1_000;

    /** What comes after it is reported as not planted; a whole page takes about four minutes on two quiet cores. */
    private static final Duration LIMIT = Duration.ofMinutes(45);

    /** How a report is written. */
    public enum Format {
        TEXT,
        JSON;

        /** As it is written on the command line, in help and in errors alike. */
        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private final Terminal terminal;
    private final InstantSource clock;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says how this command is used.")
    private boolean help;

    @Parameters(index = "0", paramLabel = "PAGE", description = "The page file.")
    private @Nullable Path page;

    @Parameters(
            index = "1..*",
            paramLabel = "CLAIM",
            arity = "0..*",
            description = "Ids of the claims to try. Default: all of the page.")
    private List<String> claims = List.of();

    @Option(names = "--list", description = "Plants nothing and lists the faults.")
    private boolean list;

    @Option(
            names = "--calm",
            paramLabel = "N",
            description = "Plants nothing, runs the checks N times and demands that none that holds turns red.")
    private int calm;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json; see below. Default: text.")
    private Format format = Format.TEXT;

    public SabotageCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        if (page == null) {
            throw CommandException.wrongUse("a page file is missing.");
        }
        if (calm < 0 || calm > MOST_RUNS) {
            throw CommandException.wrongUse(
                    "--calm takes a number of runs from 1 to " + MOST_RUNS + ", not " + calm + ".");
        }
        CheckTypes types = CheckTypes.installed();
        PageFile file = PageFile.read(page, types, clock.instant(), terminal);
        Set<String> chosen = chosen(file);
        var report = new SabotageCommandReport(file.page(), format, terminal);
        if (list) {
            report.faults(file.page().claims().stream()
                    .filter(claim -> chosen.isEmpty() || chosen.contains(claim.id()))
                    .flatMap(claim -> claim.checks().stream().map(check -> new Bound(file.page(), claim, check)))
                    .toList());
            return Exit.HOLDS;
        }
        // Ctrl-C ends the instance, too: what its checks then say of a database that is going is no news.
        var ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> ending.set(true)));
        try {
            var libraries = ServerLibraries.of(System.getProperties());
            var harness = new Harness(Launch.of(libraries, file.path(), file.page()), types, clock, LIMIT, line -> {
                if (!ending.get()) {
                    terminal.say(line);
                }
            });
            return calm > 0 ? report.calm(harness.calm(chosen, calm)) : report.trials(harness.run(chosen));
        } catch (InstanceException e) {
            if (ending.get()) {
                return Exit.COULD_NOT_TELL;
            }
            throw CommandException.couldNotTell(e.reason());
        }
    }

    private Set<String> chosen(PageFile file) throws CommandException {
        List<String> known = file.page().claims().stream().map(Claim::id).toList();
        for (String id : claims) {
            if (!known.contains(id)) {
                throw CommandException.wrongUse(
                        "the page " + file.name() + " has no claim \"" + Terminal.oneLine(id) + "\""
                                + Nearest.to(id, known)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElse(". See which it has: aver sabotage " + file.name() + " --list"));
            }
        }
        return new LinkedHashSet<>(claims);
    }
}
