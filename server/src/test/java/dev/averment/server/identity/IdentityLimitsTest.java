package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.claims.Page;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.limits.LocalLimits;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityLimitsTest {
    private static final Client CLIENT = new Client("192.0.2.1", "test");

    private static IdentityLimits under(Map<String, Object> limits) {
        return IdentityLimits.of(
                new LocalLimits(new TestClock(Instant.parse("2026-11-24T12:00:00Z"))),
                new Page(
                        "self",
                        Map.of("en", "Security"),
                        "en",
                        LocalDate.of(2026, 11, 1),
                        Map.of("limits", limits),
                        List.of(),
                        List.of(),
                        List.of(),
                        new byte[0]));
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
    void a_rate_that_is_none_is_refused_with_what_to_write() {
        assertThatThrownBy(() -> under(Map.of("mail-account", "often")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limits.mail-account")
                .hasMessageContaining("20/10m");
        assertThatThrownBy(() -> under(Map.of("mail-account", "5/1bd"))).isInstanceOf(IllegalArgumentException.class);
    }
}
