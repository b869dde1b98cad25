package dev.averment.cli.prove;

import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.Observation;
import dev.averment.checks.prove.PageProof;
import dev.averment.checks.prove.PageProver;
import dev.averment.checks.prove.Prover;
import dev.averment.cli.CommandException;
import dev.averment.cli.Terminal;
import dev.averment.cli.Version;
import dev.averment.cli.target.ChosenTarget;
import dev.averment.cli.target.Instances;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver prove}. */
@Command(
        name = "prove",
        sortOptions = false,
        description = "Runs every check of a page once and says of every claim whether it holds.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  every claim is proven, attested or exempt",
            "  1  a claim is failing, stale or unproven, which includes one whose check type this version does not have",
            "  2  the page file is refused or the target makes no sense; nothing was looked at",
            "  3  nothing could be looked at on the target, no server runs there, or the disposable server did not start",
            "",
            "Formats:",
            "  text   an aligned line a claim: mark, verdict, id, sentence, age or reason; the last line sums up",
            "  json   {page, revision, target, at, claims: [{id, ledger, sentence, owner, verdict, reason, observedAt,",
            "         checks: [{id, type, built, verdict, reason, subjects, facts: {observedAt, values, subjects: [{name,",
            "         facts}]}}]}], summary: {proven, attested, exempt, stale, unproven, failing}, waiting, exit};",
            "         subjects of a check is how many things were looked at; waiting is how many claims do not hold because",
            "         a check type is not built yet; times are RFC 3339 in UTC",
            "  junit  a test case a claim: failing is a failure, stale and unproven are errors, exempt is skipped",
            "  sarif  SARIF 2.1.0: a result a claim, at its line in the page file",
            "",
            "Examples:",
            "  ./aver prove pages/self.yaml",
            "  ./aver prove page.yaml --target https://example.org --format json",
            "  ./aver prove page.yaml --target target.yaml --format junit > page.xml"
        })
public final class ProveCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Instances instances;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says how this command is used.")
    private boolean help;

    @Parameters(paramLabel = "PAGE", description = "The page file.")
    private @Nullable Path page;

    @Option(
            names = "--target",
            paramLabel = "TARGET",
            description =
                    "What to look at: an https URL (what anybody sees of a site), the data folder of a running server,"
                            + " or a target file (YAML) that describes a system of yours. Default: the server that runs on the"
                            + " default data folder if it enforces this page, else a disposable server under the page's policy.")
    private @Nullable String target;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, json, junit or sarif; see below. Default: text.")
    private ProofReport.Format format = ProofReport.Format.TEXT;

    public ProveCommand(Terminal terminal, Map<String, String> environment, InstantSource clock, Instances instances) {
        this.terminal = terminal;
        this.environment = environment;
        this.clock = clock;
        this.instances = instances;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        if (page == null) {
            throw CommandException.wrongUse("a page file is missing.");
        }
        CheckTypes types = CheckTypes.installed();
        PageFile file = PageFile.read(page, types, clock.instant(), terminal);
        PageProof proof;
        try (ChosenTarget chosen =
                ChosenTarget.choose(Optional.ofNullable(target), file, instances, environment, terminal)) {
            Prover prover = new Prover(clock, Prover.DEFAULT_LIMIT);
            proof = new PageProver(prover, types, clock, PageProver.PARALLEL)
                    .prove(file.page(), chosen.target(), this::progress);
        }
        report().write(file, proof, terminal.out());
        if (proof.blind()) {
            terminal.say("nothing could be looked at on " + proof.target()
                    + ", so this says nothing about the page. See the reasons, and whether the target is up.");
        }
        return ProofReport.exit(proof);
    }

    private ProofReport report() {
        return switch (format) {
            case TEXT -> new TextReport(terminal);
            case JSON -> new JsonReport();
            case JUNIT -> new JunitReport();
            case SARIF -> new SarifReport(Version.text());
        };
    }

    private void progress(Observation observation, int done, int of) {
        String count =
                " ".repeat(String.valueOf(of).length() - String.valueOf(done).length()) + done;
        terminal.say(count + "/" + of + "  " + observation.claim() + "/" + observation.check() + "  "
                + observation.judgement().verdict().word());
    }
}
