package dev.averment.checks.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Judgement;
import dev.averment.claims.Exemption;
import dev.averment.claims.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Duration VALID = Duration.ofHours(1);

    @Test
    void a_fresh_proof_stands() {
        assertThat(Standing.of(Judgement.proven("seen"), NOW.minus(VALID), VALID, NOW))
                .isEqualTo(new Standing(Verdict.PROVEN, "seen"));
    }

    @Test
    void a_proof_older_than_its_validity_is_stale_and_says_since_when_it_was_known() {
        Standing standing =
                Standing.of(Judgement.proven("seen"), NOW.minus(VALID).minusSeconds(1), VALID, NOW);
        assertThat(standing.verdict()).isEqualTo(Verdict.STALE);
        assertThat(standing.reason()).contains("on 22 November 2026, 10:59 UTC");
    }

    @Test
    void an_attestation_grows_stale_like_a_proof() {
        assertThat(Standing.of(Judgement.attested("said"), NOW.minus(VALID).minusSeconds(1), VALID, NOW)
                        .verdict())
                .isEqualTo(Verdict.STALE);
    }

    @Test
    void a_refutation_does_not_lapse_into_something_milder() {
        assertThat(Standing.of(Judgement.failing("broken"), NOW.minus(VALID).minusSeconds(1), VALID, NOW)
                        .verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void an_observation_from_the_future_proves_nothing() {
        assertThat(Standing.of(Judgement.proven("seen"), NOW.plus(Standing.SKEW).plusMillis(1), VALID, NOW)
                        .verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(Standing.of(Judgement.proven("seen"), NOW.plus(Standing.SKEW), VALID, NOW)
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void an_exemption_counts_until_its_end_and_not_at_it() {
        var failing = new Standing(Verdict.FAILING, "broken");
        var exemption = new Exemption(NOW, "being repaired", "A. Owner");
        assertThat(failing.under(exemption, NOW.minusMillis(1)).verdict()).isEqualTo(Verdict.EXEMPT);
        assertThat(failing.under(exemption, NOW)).isEqualTo(failing);
        assertThat(failing.under(null, NOW)).isEqualTo(failing);
    }
}
