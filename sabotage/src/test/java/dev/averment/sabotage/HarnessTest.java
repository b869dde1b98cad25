package dev.averment.sabotage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import dev.averment.checks.load.CheckTypes;
import dev.averment.sabotage.Trial.Outcome;
import dev.averment.sabotage.instance.InstanceException;
import dev.averment.sabotage.instance.Launch;
import dev.averment.sabotage.instance.ServerLibraries;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real servers, real faults; where the harness itself is on trial, checks that are blind, broken or stuck on purpose. */
@Timeout(2400)
class HarnessTest {
    private static final InstantSource CLOCK = InstantSource.system();

    private static Harness harness(String page, CheckTypes types, Duration limit) throws Exception {
        return new Harness(Pages.launch(page), types, CLOCK, limit, line -> {});
    }

    @Test
    void every_fault_of_our_own_page_is_caught_and_every_check_recovers() throws Exception {
        SabotageReport report =
                harness("self", CheckTypes.installed(), Duration.ofMinutes(30)).run(Set.of());

        assertThat(report.trials())
                .filteredOn(trial -> trial.outcome() != Outcome.CAUGHT)
                .extracting(trial -> trial.sabotage().id(), Trial::outcome, Trial::reason)
                .isEmpty();
        assertThat(report.complete()).isTrue();
        assertThat(report.trials())
                .filteredOn(trial -> trial.sabotage() instanceof Sabotage.AtStart)
                .hasSizeGreaterThanOrEqualTo(3);
        assertThat(report.trials())
                .extracting(trial -> trial.sabotage().id())
                .contains("table-without-policy", "entry-altered", "seal-of-any-connection", "database-without-tls");
    }

    @Test
    void without_a_fault_there_is_no_alarm() throws Exception {
        CalmReport report =
                harness("self", CheckTypes.installed(), Duration.ofMinutes(30)).calm(Set.of(), 3);

        assertThat(report.alarms()).isEmpty();
        assertThat(report.runs()).isEqualTo(3);
        assertThat(report.never().size()).isLessThan(report.checks());
    }

    @Test
    void a_blind_check_is_missed_a_broken_one_not_planted_a_stuck_one_not_recovered() throws Exception {
        CheckTypes types = CheckTypes.of(List.of(
                new Scripted("tenant-key", look -> Judgement.proven("all is well")),
                new Scripted("role-privileges", look -> Judgement.unproven("never could tell")),
                // Good before the fault, red with it, and red for ever after.
                new Scripted(
                        "cross-workspace-references",
                        look -> look == 1 ? Judgement.proven("well") : Judgement.failing("stuck"))));

        SabotageReport report = harness("self", types, Duration.ofMinutes(5))
                .run(Set.of("workspace-key", "database-roles", "no-cross-references"));

        assertThat(report.trials())
                .extracting(trial -> trial.bound().claim().id(), Trial::outcome)
                .containsOnly(
                        tuple("workspace-key", Outcome.MISSED),
                        tuple("database-roles", Outcome.NOT_PLANTED),
                        tuple("no-cross-references", Outcome.NOT_RECOVERED));
        assertThat(report.refuted()).isTrue();
        assertThat(report.complete()).isFalse();
    }

    @Test
    void when_time_is_up_nothing_is_planted() throws Exception {
        SabotageReport report =
                harness("self", CheckTypes.installed(), Duration.ZERO).run(Set.of("workspace-key"));

        assertThat(report.trials()).isNotEmpty().allMatch(trial -> trial.outcome() == Outcome.NOT_PLANTED);
        assertThat(report.refuted()).isFalse();
        assertThat(report.complete()).isFalse();
    }

    @Test
    void a_check_type_that_is_not_built_waits_and_needs_no_instance() throws Exception {
        Launch unstartable = new Launch(new ServerLibraries("nowhere"), Pages.page("self"), null, List.of());
        SabotageReport report = new Harness(
                        unstartable, CheckTypes.of(List.of()), CLOCK, Duration.ofMinutes(1), line -> {})
                .run(Set.of());

        assertThat(report.trials()).isEmpty();
        assertThat(report.waiting()).isNotEmpty().noneMatch(SabotageReport.Waiting::built);
    }

    @Test
    void an_instance_that_does_not_start_is_no_verdict() throws Exception {
        Launch unstartable = new Launch(new ServerLibraries("nowhere"), Pages.page("self"), null, List.of());
        var harness = new Harness(unstartable, CheckTypes.installed(), CLOCK, Duration.ofMinutes(1), line -> {});

        assertThatThrownBy(() -> harness.run(Set.of("workspace-key"))).isInstanceOf(InstanceException.class);
    }

    /** A check whose judge says what the script has for its first, second, … look. */
    private record Scripted(String name, IntFunction<Judgement> script, AtomicInteger looks) implements CheckType {
        Scripted(String name, IntFunction<Judgement> script) {
            this(name, script, new AtomicInteger());
        }

        @Override
        public String description() {
            return "Says what it is told to say.";
        }

        @Override
        public Settings settings() {
            return new Settings(List.of(), List.of());
        }

        @Override
        public List<String> blindSpots() {
            return List.of("All.");
        }

        @Override
        public Collector collector() {
            return look -> passingExample(Map.of(), look.clock().instant());
        }

        @Override
        public Judge judge() {
            return (facts, expect, now) -> script.apply(looks.incrementAndGet());
        }

        @Override
        public Facts passingExample(Map<String, Object> expect, Instant now) {
            return new Facts(now, List.of(new Subject("anything", Map.of())), Map.of());
        }
    }
}
