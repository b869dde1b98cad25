package dev.averment.checks.prove;

import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Target;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.PageProof.CheckProof;
import dev.averment.checks.prove.PageProof.ClaimProof;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Looks at everything a page says, once, a few checks at a time. */
public final class PageProver {
    /** Checks at a time: enough that a slow one holds up nobody, few enough that the target does not notice. */
    public static final int PARALLEL = 4;

    private final Prover prover;
    private final CheckTypes types;
    private final InstantSource clock;
    private final int parallel;

    /** @param parallel checks at a time, at least 1 */
    public PageProver(Prover prover, CheckTypes types, InstantSource clock, int parallel) {
        if (parallel < 1) {
            throw new IllegalArgumentException("at least one check at a time, not " + parallel);
        }
        this.prover = prover;
        this.types = types;
        this.clock = clock;
        this.parallel = parallel;
    }

    /** Told of every check that ends, from several threads, in the order of their ending. */
    @FunctionalInterface
    public interface Progress {
        Progress SILENT = (observation, done, of) -> {};

        /**
         * @param done how many have ended, this one included
         * @param of   how many there are
         */
        void ended(Observation observation, int done, int of);
    }

    /** Runs every check of {@code page} against {@code target}. What goes wrong with one check is that check's verdict. */
    public PageProof prove(Page page, Target target, Progress progress) throws InterruptedException {
        int of = page.claims().stream().mapToInt(claim -> claim.checks().size()).sum();
        var done = new AtomicInteger();
        List<List<Future<Looked>>> running = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(
                parallel, Thread.ofVirtual().name("prove-", 0).factory())) {
            try {
                for (Claim claim : page.claims()) {
                    List<Future<Looked>> checks = new ArrayList<>();
                    for (CheckBinding binding : claim.checks()) {
                        checks.add(threads.submit(() -> {
                            Looked looked = look(page, claim, binding, target);
                            progress.ended(looked.observation(), done.incrementAndGet(), of);
                            return looked;
                        }));
                    }
                    running.add(checks);
                }
                List<List<Looked>> all = new ArrayList<>();
                for (List<Future<Looked>> checks : running) {
                    List<Looked> ended = new ArrayList<>();
                    for (Future<Looked> check : checks) {
                        ended.add(check.get());
                    }
                    all.add(ended);
                }
                return proof(page, target, all);
            } catch (ExecutionException e) {
                throw new IllegalStateException("a check ended without an observation", e.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private record Looked(CheckBinding binding, boolean built, Observation observation) {}

    private Looked look(Page page, Claim claim, CheckBinding binding, Target target) throws InterruptedException {
        return switch (types.find(binding.type())) {
            case CheckTypes.Built(var type) ->
                new Looked(binding, true, prover.observe(page, claim, binding, type, target));
            case CheckTypes.Planned planned -> unbuilt(claim, binding, planned.reason());
            case CheckTypes.Unknown unknown ->
                unbuilt(claim, binding, "There is no check of the type " + unknown.name() + ".");
        };
    }

    private Looked unbuilt(Claim claim, CheckBinding binding, String reason) {
        Instant now = clock.instant();
        Facts nothing = new Facts(now, List.of(), Map.of());
        return new Looked(
                binding,
                false,
                new Observation(claim.id(), binding.id(), binding.type(), nothing, Judgement.unproven(reason), now));
    }

    private PageProof proof(Page page, Target target, List<List<Looked>> looks) {
        Instant at = clock.instant();
        List<ClaimProof> claims = new ArrayList<>();
        for (int i = 0; i < looks.size(); i++) {
            Claim claim = page.claims().get(i);
            List<CheckProof> checks =
                    looks.get(i).stream().map(looked -> check(looked, at)).toList();
            Standing worst = checks.stream()
                    .reduce((first, next) -> next.verdict().compareTo(first.verdict()) > 0 ? next : first)
                    .map(check -> new Standing(check.verdict(), check.reason()))
                    .orElse(new Standing(Verdict.UNPROVEN, "no check stands behind it"))
                    .under(claim.exemption(), at);
            claims.add(new ClaimProof(claim, worst.verdict(), worst.reason(), checks));
        }
        return new PageProof(page, target.name(), at, claims);
    }

    private static CheckProof check(Looked looked, Instant at) {
        Observation observation = looked.observation();
        Standing standing = Standing.of(
                observation.judgement(),
                observation.facts().observedAt(),
                looked.binding().valid(),
                at);
        return new CheckProof(looked.binding(), standing.verdict(), standing.reason(), looked.built(), observation);
    }
}
