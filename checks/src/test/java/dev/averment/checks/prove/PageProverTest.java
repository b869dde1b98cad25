package dev.averment.checks.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import dev.averment.checks.Target;
import dev.averment.checks.load.CheckTypes;
import dev.averment.claims.Audience;
import dev.averment.claims.CheckBinding;
import dev.averment.claims.Claim;
import dev.averment.claims.Exemption;
import dev.averment.claims.Page;
import dev.averment.claims.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PageProverTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final Target NOWHERE = new Target() {
        @Override
        public String name() {
            return "nowhere";
        }

        @Override
        public <T extends Facility> Optional<T> facility(Class<T> kind) {
            return Optional.empty();
        }
    };

    /** A check type that does what a test says. */
    private record Scripted(String name, Collector collector, Judge judge) implements CheckType {
        @Override
        public String description() {
            return "scripted";
        }

        @Override
        public Settings settings() {
            return Settings.NONE;
        }

        @Override
        public List<String> blindSpots() {
            return List.of();
        }

        @Override
        public Facts passingExample(Map<String, Object> expect, Instant now) {
            return one(now);
        }
    }

    private static Facts one(Instant at) {
        return new Facts(at, List.of(new Subject("thing", Map.of("size", 1L))), Map.of());
    }

    private static CheckType says(String name, Judgement judgement) {
        return new Scripted(name, look -> one(look.clock().instant()), (facts, expect, now) -> judgement);
    }

    private static Claim claim(String id, @Nullable Exemption exemption, String... types) {
        List<CheckBinding> checks = new ArrayList<>();
        for (String type : types) {
            checks.add(new CheckBinding(
                    "c" + checks.size(), type, Duration.ofMinutes(5), Duration.ofHours(1), Map.of(), Map.of()));
        }
        return new Claim(
                id,
                null,
                "data",
                Map.of("en", "A promise."),
                Map.of(),
                "operations",
                Audience.PUBLIC,
                List.of(),
                checks,
                List.of(),
                exemption);
    }

    private static Page page(Claim... claims) {
        return new Page(
                "sample",
                Map.of("en", "Sample"),
                "en",
                LocalDate.of(2026, 11, 22),
                Map.of(),
                List.of(new Page.Section("data", Map.of("en", "Data"))),
                List.of(),
                List.of(claims),
                new byte[] {1});
    }

    private static PageProof prove(Page page, CheckType... types) throws InterruptedException {
        return prover(4, types).prove(page, NOWHERE, PageProver.Progress.SILENT);
    }

    private static PageProver prover(int parallel, CheckType... types) {
        return new PageProver(
                new Prover(CLOCK, Duration.ofSeconds(10)), CheckTypes.of(List.of(types)), CLOCK, parallel);
    }

    @Test
    void the_worst_check_of_a_claim_decides_and_gives_the_reason() throws InterruptedException {
        PageProof proof = prove(
                page(claim("a", null, "good", "bad", "unknown")),
                says("good", Judgement.proven("fine")),
                says("bad", Judgement.failing("broken")),
                says("unknown", Judgement.unproven("no data")));
        assertThat(proof.claims().getFirst().verdict()).isEqualTo(Verdict.FAILING);
        assertThat(proof.claims().getFirst().reason()).isEqualTo("broken");
        assertThat(proof.holds()).isFalse();
    }

    @Test
    void a_page_holds_when_every_claim_is_proven_attested_or_exempt() throws InterruptedException {
        var exemption = new Exemption(NOW.plusSeconds(1), "being repaired", "A. Owner");
        PageProof proof = prove(
                page(claim("a", null, "good"), claim("b", null, "word"), claim("c", exemption, "bad")),
                says("good", Judgement.proven("fine")),
                says("word", Judgement.attested("said")),
                says("bad", Judgement.failing("broken")));
        assertThat(proof.holds()).isTrue();
        assertThat(proof.summary())
                .containsEntry(Verdict.PROVEN, 1)
                .containsEntry(Verdict.ATTESTED, 1)
                .containsEntry(Verdict.EXEMPT, 1)
                .containsEntry(Verdict.FAILING, 0);
    }

    @Test
    void a_planned_check_type_leaves_its_claim_unproven_and_waiting() throws InterruptedException {
        PageProof proof = prove(page(claim("a", null, "password-storage")));
        assertThat(proof.claims().getFirst().verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(proof.waiting()).isEqualTo(1);
        assertThat(proof.claims().getFirst().reason()).contains("password-storage");
        assertThat(proof.claims().getFirst().observedAt()).isEmpty();
    }

    @Test
    void a_collector_that_cannot_look_or_breaks_is_that_check_s_verdict_only() throws InterruptedException {
        PageProof proof = prove(
                page(claim("a", null, "refuses"), claim("b", null, "breaks"), claim("c", null, "good")),
                new Scripted(
                        "refuses",
                        look -> {
                            throw new CollectException("no way in");
                        },
                        (facts, expect, now) -> Judgement.proven("never asked")),
                new Scripted(
                        "breaks",
                        look -> {
                            throw new IllegalStateException("bug");
                        },
                        (facts, expect, now) -> Judgement.proven("never asked")),
                says("good", Judgement.proven("fine")));
        assertThat(proof.claims())
                .extracting(PageProof.ClaimProof::verdict)
                .containsExactly(Verdict.UNPROVEN, Verdict.UNPROVEN, Verdict.PROVEN);
        assertThat(proof.claims().getFirst().reason()).isEqualTo("no way in");
    }

    @Test
    void an_old_observation_is_stale_at_the_moment_of_the_proof() throws InterruptedException {
        PageProof proof = prove(
                page(claim("a", null, "old")),
                new Scripted(
                        "old",
                        look -> one(NOW.minus(Duration.ofHours(2))),
                        (facts, expect, now) -> Judgement.proven("fine")));
        assertThat(proof.claims().getFirst().verdict()).isEqualTo(Verdict.STALE);
        assertThat(proof.claims().getFirst().observedAt()).contains(NOW.minus(Duration.ofHours(2)));
    }

    @Test
    void no_more_checks_run_at_a_time_than_were_allowed() throws InterruptedException {
        int allowed = 3;
        var together = new Semaphore(allowed);
        var tooMany = new AtomicInteger();
        var full = new CountDownLatch(allowed);
        CheckType counting = new Scripted(
                "counting",
                look -> {
                    if (!together.tryAcquire()) {
                        tooMany.incrementAndGet();
                    }
                    try {
                        // The first ones meet here: they can only all arrive if that many do run at a time.
                        full.countDown();
                        full.await();
                    } catch (InterruptedException e) {
                        throw new CollectException("interrupted", e);
                    } finally {
                        together.release();
                    }
                    return one(look.clock().instant());
                },
                (facts, expect, now) -> Judgement.proven("fine"));
        Claim[] claims = IntStream.range(0, 20)
                .mapToObj(i -> claim("claim-" + i, null, "counting"))
                .toArray(Claim[]::new);
        PageProof proof = prover(allowed, counting).prove(page(claims), NOWHERE, PageProver.Progress.SILENT);
        assertThat(tooMany).hasValue(0);
        assertThat(proof.holds()).isTrue();
        assertThat(proof.claims().stream().map(claim -> claim.claim().id()))
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(i -> "claim-" + i).toList());
    }

    @Test
    void progress_is_told_of_every_check_once() throws InterruptedException {
        List<Integer> told = Collections.synchronizedList(new ArrayList<>());
        prover(2, says("good", Judgement.proven("fine")))
                .prove(page(claim("a", null, "good", "good"), claim("b", null, "good")), NOWHERE, (seen, done, of) -> {
                    assertThat(of).isEqualTo(3);
                    told.add(done);
                });
        assertThat(told).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void a_proof_in_which_no_check_saw_anything_is_blind() throws InterruptedException {
        CheckType refuses = new Scripted(
                "refuses",
                look -> {
                    throw new CollectException("no way in");
                },
                (facts, expect, now) -> Judgement.proven("never asked"));
        assertThat(prove(page(claim("a", null, "refuses"), claim("b", null, "password-storage")), refuses)
                        .blind())
                .isTrue();
        assertThat(prove(page(claim("a", null, "refuses", "bad")), refuses, says("bad", Judgement.failing("broken")))
                        .blind())
                .isFalse();
        assertThat(prove(page(claim("a", null, "password-storage"))).blind())
                .as("nothing was run")
                .isFalse();
    }

    @Test
    void at_least_one_check_runs_at_a_time() {
        assertThatThrownBy(() -> prover(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
