package dev.averment.server.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.session.RefreshRule.Outcome;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Asvs({"10.4.5", "15.4.2"})
class RefreshRuleTest {
    private static final Instant REFRESHED = Instant.parse("2026-11-24T09:00:00Z");
    private static final Duration GRACE = Duration.ofSeconds(30);

    @ParameterizedTest(name = "{6}: {0} presented, {1} handed out for {2}, {3} s ago, confirmed {4} -> {5}")
    @CsvSource({
        "0, 0, -1, 0, false, ROTATE, the first token of a session",
        "0, 0, -1, 90000, false, ROTATE, the first token after a long time",
        "7, 7, 6, 1, false, ROTATE, the good one at once",
        "7, 7, 6, 900, true, ROTATE, the good one as clients do it",
        "7, 7, 4, 900, false, ROTATE, the good one after answers were lost",
        "6, 7, 6, 0, false, REPEAT, a second tab at the same moment",
        "6, 7, 6, 29, false, REPEAT, a lost answer asked for again",
        "6, 7, 6, 29, true, REPEAT, a slow tab after another has used its answer",
        "6, 7, 6, 30, false, RECOVER, an answer that was lost for as long as the grace",
        "6, 7, 6, 86400, false, RECOVER, a machine that slept",
        "6, 7, 6, 30, true, REUSED, a copy of what is known to have been exchanged",
        "4, 7, 4, 29, false, REPEAT, a second tab after answers were lost",
        "4, 7, 4, 30, false, RECOVER, the third lost answer in a row",
        "4, 7, 4, 30, true, REUSED, a copy of what came through in the end",
        "5, 7, 4, 1, false, REUSED, an answer that was lost and turns up",
        "6, 7, 4, 1, false, REUSED, the last answer that was lost and turns up",
        "6, 7, 4, 900, true, REUSED, the same later",
        "5, 7, 6, 1, false, REUSED, the grandparent within the grace",
        "5, 7, 6, 1, true, REUSED, the same when the answer arrived",
        "0, 7, 6, 1, false, REUSED, the first of all",
        "0, 1, -1, 1, false, REUSED, a row that was restored from a backup in part",
        "8, 7, 6, 1, false, REUSED, one that was never handed out"
    })
    void each_token_means_one_thing(
            int presented, int current, int base, long age, boolean confirmed, Outcome outcome, String name) {
        assertThat(RefreshRule.of(presented, current, base, REFRESHED, confirmed, GRACE, REFRESHED.plusSeconds(age)))
                .as(name)
                .isEqualTo(outcome);
    }
}
