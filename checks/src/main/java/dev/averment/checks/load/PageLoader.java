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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads a page: parse it, find the type of every check, match its settings, try its judge, and let the claim lint read it.
 * A page either holds to all of it or is refused with everything that is wrong. Checks of planned types load untried.
 */
public final class PageLoader {
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
            case PageResult.Refused(List<PageProblem> problems) -> new LoadResult.Refused(problems);
            case PageResult.Parsed parsed -> new Loading(name, parsed, now, previous).run();
        };
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
                    .sorted(Comparator.comparingInt(PageProblem::line).thenComparingInt(PageProblem::column))
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
                            case CheckTypes.Unknown unknown -> unknown(unknown, claim, binding, places, index, j);
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

        private CheckBinding unknown(
                CheckTypes.Unknown unknown, Claim claim, CheckBinding binding, Places places, int index, int check) {
            problems.add(
                    places.at("claims", index, "checks", check, "type"),
                    "The check type " + Problems.quote(unknown.name()) + " of the claim " + claim.id() + " is unknown",
                    "nothing would ever prove the claim",
                    unknown.suggestion()
                            .map(near -> "did you mean " + Problems.quote(near) + "?")
                            .orElse("use one of: " + String.join(", ", names())));
            return binding;
        }

        private List<String> names() {
            return types.built().stream().map(CheckType::name).sorted().toList();
        }

        private CheckBinding built(CheckType type, Claim claim, CheckBinding binding, int index, int check) {
            Places places = parsed.places();
            String owner = "the check " + binding.id() + " of the claim " + claim.id();
            Problems settings = new Problems(name);
            SettingsMatch match = new SettingsMatch(type.name(), owner, places, settings);
            Object[] path = {"claims", index, "checks", check};
            CheckBinding typed = new CheckBinding(
                    binding.id(),
                    binding.type(),
                    binding.every(),
                    binding.valid(),
                    match.match("with", binding.with(), type.settings().with(), path),
                    match.match("expect", binding.expect(), type.settings().expect(), path));
            if (settings.none()) {
                Map<Integer, SelfTest> selftests = new LinkedHashMap<>();
                for (int i = 0; i < claim.selftests().size(); i++) {
                    if (claim.selftests().get(i).check().equals(binding.id())) {
                        selftests.put(i, claim.selftests().get(i));
                    }
                }
                Place at = places.at(path);
                new JudgeTrial(type, typed, owner, now, problems).run(at, selftests, places, index);
            }
            settings.list()
                    .forEach(found -> problems.add(
                            new Place(found.line(), found.column()), found.what(), found.why(), found.remedy()));
            return typed;
        }
    }
}
