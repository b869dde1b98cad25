package dev.averment.cli.draft;

import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.load.LoadResult;
import dev.averment.checks.load.PageLoader;
import dev.averment.checks.prove.PageProof;
import dev.averment.checks.prove.PageProof.ClaimProof;
import dev.averment.checks.prove.PageProver;
import dev.averment.checks.prove.Prover;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.claims.file.PageProblem;
import dev.averment.cli.CommandException;
import dev.averment.cli.Exit;
import dev.averment.cli.Terminal;
import dev.averment.cli.draft.DraftPage.Missing;
import dev.averment.cli.target.ChosenTarget;
import dev.averment.cli.target.SiteTarget;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aver init}. */
@Command(
        name = "init",
        sortOptions = false,
        description =
                "Looks at a site from outside, as any visitor could, and prints a page file that claims what could"
                        + " already be proven. What was tried and does not hold stands at its end as comments.",
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  a page file was printed; every claim in it held",
            "  1  nothing that is tried holds of the site; no page was printed",
            "  2  the address makes no sense",
            "  3  the site could not be reached",
            "",
            "Examples:",
            "  ./aver init https://example.org > page.yaml",
            "  ./aver prove page.yaml --target https://example.org"
        })
public final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final InstantSource clock;

    private static final Pattern UNTRUSTED = Pattern.compile("PKIX|certification path|not trusted|unknown authority");

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Says how this command is used.")
    private boolean help;

    @Parameters(
            paramLabel = "URL",
            description = "The site's https address, or a target file for one with an authority of its own.")
    private @Nullable String address;

    public InitCommand(Terminal terminal, InstantSource clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    @Override
    public Integer call() throws CommandException, InterruptedException {
        if (address == null) {
            throw CommandException.wrongUse("the site's address is missing, such as https://example.org");
        }
        SiteTarget site = site(address);
        CheckTypes types = CheckTypes.installed();
        boolean file = isFile(address);
        String host = site.web().base().getRawAuthority();
        var draft = new DraftPage(
                host,
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
                file ? Terminal.oneLine(address) : "https://" + host);
        Page everything = load(types, draft.yaml(Candidate.all(), List.of()));
        PageProof proof = new PageProver(new Prover(clock, Prover.DEFAULT_LIMIT), types, clock, PageProver.PARALLEL)
                .prove(
                        everything,
                        site,
                        (observation, done, of) -> terminal.say(done + "/" + of + "  "
                                + observation.claim() + "  "
                                + observation.judgement().verdict().word()));
        if (!file
                && proof.claims().stream()
                        .anyMatch(claim -> UNTRUSTED.matcher(claim.reason()).find())) {
            terminal.say(
                    "a certificate there is of no authority that this machine trusts. If it is of an authority of your"
                            + " own, give a target file in place of the address, with the lines \"web:\", \"  base: https://"
                            + host
                            + "\", \"  ca: ca.pem\" and \"  paths: [/]\"; see docs/target-file.md");
        }
        reachable(proof);
        Map<String, ClaimProof> found = proof.claims().stream()
                .collect(Collectors.toMap(claim -> claim.claim().id(), claim -> claim));
        Map<String, Candidate> kept = new LinkedHashMap<>();
        for (Candidate candidate : Candidate.all()) {
            ClaimProof claim = found.get(candidate.id());
            if (claim != null && claim.verdict() == Verdict.PROVEN) {
                kept.putIfAbsent(candidate.group(), candidate);
            }
        }
        List<Missing> missing = missing(kept.keySet(), found);
        if (kept.isEmpty()) {
            missing.forEach(one -> terminal.err().println("  " + one.id() + ": " + Terminal.oneLine(one.reason())));
            terminal.say("nothing of what is tried holds of " + site.name() + ", so there is no page to draft. See the"
                    + " reasons above; each says what to set right.");
            return Exit.DOES_NOT_HOLD;
        }
        String yaml = draft.yaml(List.copyOf(kept.values()), missing);
        load(types, yaml);
        terminal.out().print(yaml);
        terminal.out().flush();
        return Exit.HOLDS;
    }

    private static boolean isFile(String given) {
        return !given.contains("://") && Files.isRegularFile(Path.of(given));
    }

    private SiteTarget site(String given) throws CommandException {
        if (isFile(given)) {
            return SiteTarget.of(ChosenTarget.file(Path.of(given), terminal));
        }
        return SiteTarget.of(given);
    }

    /** What each group lacks, by its least strict candidate. */
    private static List<Missing> missing(Set<String> kept, Map<String, ClaimProof> found) {
        Map<String, Missing> missing = new LinkedHashMap<>();
        for (Candidate candidate : Candidate.all()) {
            ClaimProof claim = found.get(candidate.id());
            if (claim != null && !kept.contains(candidate.group())) {
                missing.put(
                        candidate.group(),
                        new Missing(candidate.group(), claim.verdict().word(), claim.reason()));
            }
        }
        return new ArrayList<>(missing.values());
    }

    /** When no check could look at all, the site is not to blame: it is not there, or there is no way to it. */
    private static void reachable(PageProof proof) throws CommandException {
        Set<String> reasons = new LinkedHashSet<>();
        for (ClaimProof claim : proof.claims()) {
            if (claim.verdict() != Verdict.UNPROVEN || claim.checks().getFirst().looked()) {
                return;
            }
            reasons.add(claim.reason());
        }
        throw CommandException.couldNotTell(
                proof.target() + " could not be looked at: " + Terminal.oneLine(String.join(" ", reasons)));
    }

    /** What is printed must be a page: it is read back by the same rules as any other. */
    private Page load(CheckTypes types, String yaml) {
        return switch (new PageLoader(types).load("draft", yaml.getBytes(StandardCharsets.UTF_8), clock.instant())) {
            case LoadResult.Loaded loaded -> loaded.page();
            case LoadResult.Refused refused ->
                throw new IllegalStateException("the draft is refused: "
                        + refused.problems().stream().map(PageProblem::message).collect(Collectors.joining("; ")));
        };
    }
}
