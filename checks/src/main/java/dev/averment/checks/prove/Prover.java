package dev.averment.checks.prove;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector.Look;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.Target;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once and judges once. Whatever goes wrong on the way becomes an unproven observation: never green, never lost. */
public final class Prover {
    /** A collector that takes longer is given up. */
    public static final Duration DEFAULT_LIMIT = Duration.ofSeconds(60);

    private static final Logger log = LoggerFactory.getLogger(Prover.class);

    private final InstantSource clock;
    private final Duration limit;

    public Prover(InstantSource clock, Duration limit) {
        this.clock = clock;
        this.limit = limit;
    }

    /** Runs one check of one claim against {@code target}. Returns always; throws only when interrupted. */
    public Observation observe(Page page, Claim claim, CheckBinding binding, CheckType type, Target target)
            throws InterruptedException {
        var look = new Look(target, page, binding.with(), clock);
        var task = new FutureTask<>(() -> type.collector().collect(look));
        Thread.ofVirtual().name("check-" + claim.id() + "-" + binding.id()).start(task);
        try {
            Facts facts = task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return observation(claim, binding, facts, judge(type, facts, binding));
        } catch (InterruptedException e) {
            task.cancel(true);
            throw e;
        } catch (TimeoutException e) {
            task.cancel(true);
            return broken(claim, binding, "the check was given up after " + limit.toSeconds() + " s without an answer");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            if (cause instanceof CollectException refused) {
                return broken(claim, binding, refused.getMessage());
            }
            log.warn("check {} of claim {} broke", binding.id(), claim.id(), cause);
            return broken(
                    claim,
                    binding,
                    "the check itself broke: " + cause.getClass().getSimpleName());
        }
    }

    private Judgement judge(CheckType type, Facts facts, CheckBinding binding) {
        try {
            Judgement said = type.judge().judge(facts, binding.expect(), clock.instant());
            if (said.verdict().holds() && facts.subjects().isEmpty()) {
                return Judgement.unproven("nothing was looked at, and nothing proves nothing");
            }
            return said.verdict() == Verdict.STALE || said.verdict() == Verdict.EXEMPT
                    ? Judgement.unproven(
                            "the judge said " + said.verdict().word() + ", which is not for a judge to say")
                    : said;
        } catch (RuntimeException e) {
            log.warn("the judge of check {} broke", binding.id(), e);
            return Judgement.unproven("the judge itself broke: " + e.getClass().getSimpleName());
        }
    }

    private Observation broken(Claim claim, CheckBinding binding, String reason) {
        Instant now = clock.instant();
        return observation(claim, binding, new Facts(now, List.of(), Map.of()), Judgement.unproven(reason));
    }

    private Observation observation(Claim claim, CheckBinding binding, Facts facts, Judgement judgement) {
        return new Observation(claim.id(), binding.id(), binding.type(), facts, judgement, clock.instant());
    }
}
