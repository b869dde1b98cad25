package dev.averment.checks.load;

import dev.averment.checks.CheckType;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.ClaimLint;
import dev.averment.claims.Page;
import dev.averment.claims.PageParser;
import dev.averment.claims.PageResult;
import dev.averment.claims.SelfTest;
import dev.averment.claims.file.PageProblem;
import dev.averment.claims.file.Place;
import dev.averment.claims.file.Places;
import dev.averment.claims.file.Problems;
import dev.averment.claims.file.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads a page: parse it, find the type of every check, match its settings, try its judge, and let the claim lint read it.
 * A page either holds to all of it or is refused with everything that is wrong. Checks of planned types load untried.
 */
public final class PageLoader {
    private static final Comparator<PageProblem> IN_ORDER =
            Comparator.comparingInt(PageProblem::line).thenComparingInt(PageProblem::column);

    private final CheckTypes types;

    public PageLoader(CheckTypes types) {
        this.types = types;
    }

    /** A loader over the check types on the class path. */
    public static PageLoader installed() {
        return new PageLoader(CheckTypes.installed());
    }

    /**
     * Loads the page at {@code file}.
     *
     * @throws IOException when the file can't be read
     */
    public LoadResult load(Path file, Instant now) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than is allowed, so that the parser says what is wrong with a larger file.
            return load(file.toString(), in.readNBytes(YamlReader.MOST_BYTES + 1), now);
        }
    }

    /**
     * Loads a page from its bytes.
     *
     * @param name how messages name the file
     * @param now  for the judges, and for exemptions that have ended
     */
    public LoadResult load(String name, byte[] bytes, Instant now) {
        return load(name, bytes, now, null);
    }

    /**
     * As {@link #load(String, byte[], Instant)}, for a page that replaces another.
     *
     * @param previous the page in force until now, against which the lint finds translations left behind
     */
    public LoadResult load(String name, byte[] bytes, Instant now, @Nullable Page previous) {
        return switch (PageParser.parse(name, bytes)) {
            case PageResult.Refused refused -> new LoadResult.Refused(withChecks(name, refused));
            case PageResult.Parsed parsed -> new Loading(name, parsed, now, previous).run();
        };
    }

    /**
     * What is wrong with a file, and what is wrong with the types and settings of those of its checks that could be read.
     * Judges are not tried: the expectation of a claim that has to be mended may be another one afterwards.
     */
    private List<PageProblem> withChecks(String name, PageResult.Refused refused) {
        Problems found = new Problems(name);
        for (PageResult.ReadCheck check : refused.checks()) {
            switch (types.find(check.type())) {
                case CheckTypes.Built(CheckType type) ->
                    check.whole()
                            .ifPresent(whole -> matched(
                                    type, whole, check.owner(), refused.places(), found, check.claim(), check.check()));
                case CheckTypes.Planned ignored -> {}
                case CheckTypes.Unknown unknown ->
                    unknown(unknown, check.owner(), refused.places(), found, check.claim(), check.check());
            }
        }
        return Stream.concat(refused.problems().stream(), found.list().stream())
                .sorted(IN_ORDER)
                .limit(Problems.MOST)
                .toList();
    }

    private void unknown(
            CheckTypes.Unknown unknown, String owner, Places places, Problems problems, int index, int check) {
        problems.add(
                places.at("claims", index, "checks", check, "type"),
                "The check type " + Problems.quote(unknown.name()) + " of " + owner + " is unknown",
                "nothing would ever prove the claim",
                unknown.suggestion()
                        .map(near -> "did you mean " + Problems.quote(near) + "?")
                        .orElseGet(() -> "use one of: "
                                + types.built().stream()
                                        .map(CheckType::name)
                                        .sorted()
                                        .collect(Collectors.joining(", "))));
    }

    /** The check with every setting in the kind that its type asks for. */
    private static CheckBinding matched(
            CheckType type,
            CheckBinding binding,
            String owner,
            Places places,
            Problems problems,
            int index,
            int check) {
        SettingsMatch match =
                new SettingsMatch(type.name(), "the check " + binding.id() + " of " + owner, places, problems);
        Object[] path = {"claims", index, "checks", check};
        return new CheckBinding(
                binding.id(),
                binding.type(),
                binding.every(),
                binding.valid(),
                match.match("with", binding.with(), type.settings().with(), path),
                match.match("expect", binding.expect(), type.settings().expect(), path));
    }

    /** One page on its way. */
    private final class Loading {
        private final String name;
        private final PageResult.Parsed parsed;
        private final Instant now;
        private final @Nullable Page previous;
        private final Problems problems;
        private final Problems warnings;
        private final List<LoadResult.BoundCheck> checks = new ArrayList<>();

        Loading(String name, PageResult.Parsed parsed, Instant now, @Nullable Page previous) {
            this.name = name;
            this.parsed = parsed;
            this.now = now;
            this.previous = previous;
            this.problems = new Problems(name);
            this.warnings = new Problems(name);
        }

        LoadResult run() {
            Page page = parsed.page();
            Places places = parsed.places();
            List<Claim> claims = new ArrayList<>();
            for (int i = 0; i < page.claims().size(); i++) {
                claims.add(claim(page.claims().get(i), i));
            }
            List<ClaimLint.Finding> findings = ClaimLint.lint(page, places, previous);
            List<PageProblem> all = Stream.concat(
                            problems.list().stream(),
                            findings.stream().filter(ClaimLint.Finding::refuse).map(finding -> finding.problem(name)))
                    .sorted(IN_ORDER)
                    .toList();
            if (!all.isEmpty()) {
                return new LoadResult.Refused(all);
            }
            Page typed = new Page(
                    page.id(),
                    page.title(),
                    page.authoritative(),
                    page.asOf(),
                    page.policy(),
                    page.sections(),
                    page.documents(),
                    claims,
                    page.source());
            List<PageProblem> notes = Stream.concat(parsed.warnings().stream(), warnings.list().stream())
                    .toList();
            return new LoadResult.Loaded(typed, checks, findings, notes, places);
        }

        private Claim claim(Claim claim, int index) {
            Places places = parsed.places();
            if (claim.exemption() != null && !now.isBefore(claim.exemption().until())) {
                warnings.add(
                        places.at("claims", index, "exemption"),
                        "The exemption of the claim " + claim.id() + " ended "
                                + claim.exemption().until(),
                        "it counts for nothing any more, and the claim shows its real verdict",
                        "remove it, or give a new reason and a new end");
            }
            List<CheckBinding> bindings = new ArrayList<>();
            List<CheckTypes.Lookup> lookups = new ArrayList<>();
            for (int j = 0; j < claim.checks().size(); j++) {
                CheckBinding binding = claim.checks().get(j);
                CheckTypes.Lookup lookup = types.find(binding.type());
                lookups.add(lookup);
                bindings.add(
                        switch (lookup) {
                            case CheckTypes.Built(CheckType type) -> built(type, claim, binding, index, j);
                            case CheckTypes.Planned ignored -> binding;
                            case CheckTypes.Unknown unknown -> {
                                unknown(unknown, owner(claim), places, problems, index, j);
                                yield binding;
                            }
                        });
            }
            Claim typed = new Claim(
                    claim.id(),
                    claim.ledger(),
                    claim.section(),
                    claim.text(),
                    claim.params(),
                    claim.owner(),
                    claim.audience(),
                    claim.maps(),
                    bindings,
                    claim.selftests(),
                    claim.exemption());
            for (int j = 0; j < bindings.size(); j++) {
                checks.add(new LoadResult.BoundCheck(typed, bindings.get(j), lookups.get(j)));
            }
            return typed;
        }

        private static String owner(Claim claim) {
            return "the claim " + claim.id();
        }

        private CheckBinding built(CheckType type, Claim claim, CheckBinding binding, int index, int check) {
            Places places = parsed.places();
            Problems settings = new Problems(name);
            CheckBinding typed = matched(type, binding, owner(claim), places, settings, index, check);
            if (settings.none()) {
                Map<Integer, SelfTest> selftests = new LinkedHashMap<>();
                for (int i = 0; i < claim.selftests().size(); i++) {
                    if (claim.selftests().get(i).check().equals(binding.id())) {
                        selftests.put(i, claim.selftests().get(i));
                    }
                }
                Place at = places.at("claims", index, "checks", check);
                String owner = "the check " + binding.id() + " of " + owner(claim);
                new JudgeTrial(type, typed, owner, now, problems).run(at, selftests, places, index);
            }
            settings.list()
                    .forEach(found -> problems.add(
                            new Place(found.line(), found.column()), found.what(), found.why(), found.remedy()));
            return typed;
        }
    }
}
