package dev.averment.checks.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TotpCheckTest {
    private static final Map<String, Object> EXPECT =
            Map.of("replay", "refused", "drift", "bounded", "recoveryCodes", "hashed");

    private final TotpCheck type = new TotpCheck();

    @Test
    void a_code_that_is_good_twice_is_failing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(TotpCollector.AGAIN, "second", true).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(TotpCollector.AGAIN, "ofEnrolment", true).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(TotpCollector.RECOVERY, "second", true).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_code_of_another_time_is_failing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(TotpCollector.OTHER_TIME, "old", true).reason())
                .contains("90 seconds ago");
        assertThat(altered.subject(TotpCollector.OTHER_TIME, "coming", true).reason())
                .contains("90 seconds ahead");
    }

    @Test
    void what_is_kept_in_clear_is_failing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(TotpCollector.SEED, "sealed", false).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.subject(TotpCollector.SEED, "inClear", List.of("identity.totp.seed"))
                        .reason())
                .contains("identity.totp.seed");
        assertThat(altered.subject(TotpCollector.RECOVERY, "hashed", 9L).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_refusal_of_what_is_never_accepted_proves_nothing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject(TotpCollector.AGAIN, "first", false).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(TotpCollector.OTHER_TIME, "present", false).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(TotpCollector.RECOVERY, "first", false).verdict())
                .isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subject(TotpCollector.RECOVERY, "codes", 0L).verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
