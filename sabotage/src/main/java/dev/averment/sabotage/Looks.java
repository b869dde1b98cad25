package dev.averment.sabotage;

import dev.averment.checks.Judgement;
import dev.averment.checks.load.CheckTypes;
import dev.averment.checks.prove.Prover;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import dev.averment.sabotage.instance.Instance;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Looks with a page's checks at an instance. */
final class Looks {
    private static final Duration BETWEEN = Duration.ofMillis(250);

    private final CheckTypes types;
    private final Prover prover;

    Looks(CheckTypes types, InstantSource clock) {
        this.types = types;
        this.prover = new Prover(clock, Prover.DEFAULT_LIMIT);
    }

    /** The checks of the claims named, of all claims when none is. */
    static List<Bound> bounds(Page page, Set<String> claims) {
        var bounds = new ArrayList<Bound>();
        for (Claim claim : page.claims()) {
            if (claims.isEmpty() || claims.contains(claim.id())) {
                for (CheckBinding check : claim.checks()) {
                    bounds.add(new Bound(page, claim, check));
                }
            }
        }
        return bounds;
    }

    CheckTypes.Lookup type(Bound bound) {
        return types.find(bound.check().type());
    }

    /** Looks once, through the page that is in force there, as the server itself would: the fault may lie in the page. */
    Judgement once(Bound bound, Instance instance) throws InterruptedException {
        if (!(type(bound) instanceof CheckTypes.Built(var type))) {
            return Judgement.unproven("there is no check of this type");
        }
        for (Bound there : bounds(instance.page(), Set.of(bound.claim().id()))) {
            if (there.check().id().equals(bound.check().id())) {
                return prover.observe(there.page(), there.claim(), there.check(), type, instance.target())
                        .judgement();
            }
        }
        return Judgement.unproven("the page in force no longer has " + bound.label());
    }

    /** Looks until the verdict is one that is waited for, or patience ends; gives the last look. */
    Judgement until(Predicate<Verdict> awaited, Bound bound, Instance instance, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Judgement said = once(bound, instance);
            if (awaited.test(said.verdict()) || System.nanoTime() > end) {
                return said;
            }
            // What is waited for happens in another process, which sends no signal.
            LockSupport.parkNanos(BETWEEN.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
