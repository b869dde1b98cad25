package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.claims.Page;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.limits.Limits;
import dev.averment.server.limits.LocalLimits;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityLimitsTest {
    private static final TestClock CLOCK = new TestClock(Instant.parse("2026-11-24T12:00:00Z"));
    private static final Client CLIENT = new Client("192.0.2.1", "test");

    private static IdentityLimits under(Map<String, Object> limits) {
        return under(new LocalLimits(CLOCK), limits);
    }

    private static IdentityLimits under(Limits counters, Map<String, Object> limits) {
        return IdentityLimits.of(
                counters,
                new Page(
                        "self",
                        Map.of("en", "Security"),
                        "en",
                        LocalDate.of(2026, 11, 1),
                        Map.of("limits", limits),
                        List.of(),
                        List.of(),
                        List.of(),
                        new byte[0]),
                CLOCK);
    }

    @Test
    void the_policy_of_the_page_states_a_rate() {
        IdentityLimits limits = under(Map.of("sign-in-account", "2/10m", "pings", "7/1s"));
        assertThat(limits.signIn("a@example.test", CLIENT)).isEmpty();
        assertThat(limits.signIn("a@example.test", CLIENT)).isEmpty();
        assertThat(limits.signIn("a@example.test", CLIENT)).isPresent();
        assertThat(limits.signIn("b@example.test", CLIENT)).isEmpty();
    }

    @Test
    void where_it_is_silent_the_usual_one_holds() {
        IdentityLimits limits = under(Map.of());
        for (int i = 0; i < 5; i++) {
            assertThat(limits.mail("a@example.test", CLIENT)).isEmpty();
        }
        assertThat(limits.mail("a@example.test", CLIENT)).isPresent();
    }

    @Test
    @Asvs("2.4.1")
    void a_network_that_is_refused_fills_no_counters_with_addresses_that_it_makes_up() {
        List<String> counted = new ArrayList<>();
        var counters = new LocalLimits(CLOCK);
        Limits watched = (limit, key) -> {
            counted.add(key);
            return counters.take(limit, key);
        };
        IdentityLimits limits = under(watched, Map.of("sign-in-network", "3/10m", "sign-up-network", "3/10m"));
        for (int i = 0; i < 10; i++) {
            limits.signIn("made-up-" + i + "@example.test", CLIENT);
            limits.signUp("made-up-" + i + "@example.test", CLIENT);
        }
        assertThat(counted.stream().filter(key -> key.contains("@")).distinct()).hasSize(3);
    }

    @Test
    @Asvs("16.3.3")
    void of_the_refusals_of_a_window_the_first_is_to_be_written_down() {
        IdentityLimits limits = under(Map.of("sign-in-account", "2/10m"));
        List<Boolean> first = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            limits.signIn("much@example.test", CLIENT).ifPresent(wait -> first.add(wait.first()));
        }
        assertThat(first).containsExactly(true, false, false, false);
        CLOCK.step(Duration.ofMinutes(9));
        assertThat(limits.signIn("much@example.test", CLIENT).orElseThrow().first())
                .isFalse();
        CLOCK.step(Duration.ofMinutes(1));
        first.clear();
        for (int i = 0; i < 5; i++) {
            limits.signIn("much@example.test", CLIENT).ifPresent(wait -> first.add(wait.first()));
        }
        assertThat(first)
                .as("somebody who never stops, a window later")
                .startsWith(true)
                .containsOnlyOnce(true);
    }

    @Test
    void a_rate_that_is_none_is_refused_with_what_to_write() {
        assertThatThrownBy(() -> under(Map.of("mail-account", "often")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits.mail-account")
                .hasMessageContaining("20/10m");
        assertThatThrownBy(() -> under(Map.of("mail-account", "5/1bd"))).isInstanceOf(IllegalArgumentException.class);
    }
}
