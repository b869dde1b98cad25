package dev.averment.server.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.claims.Page;
import dev.averment.claims.PageParser;
import dev.averment.claims.PageResult;
import dev.averment.server.asvs.Asvs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Asvs("3.3.2")
class SessionPolicyTest {

    private static SessionPolicy of(Map<String, Object> sessions) {
        return SessionPolicy.of(new Page(
                "p",
                Map.of("en", "P"),
                "en",
                LocalDate.of(2026, 11, 24),
                Map.of("sessions", sessions),
                List.of(),
                List.of(),
                List.of(),
                new byte[0]));
    }

    @Test
    void a_page_that_is_silent_gets_strict_cookies_a_quarter_of_an_hour_a_day_and_a_week() {
        SessionPolicy policy = of(Map.of());
        assertThat(policy.sameSite()).isEqualTo("Strict");
        assertThat(policy.accessToken()).isEqualTo(Duration.ofMinutes(15));
        assertThat(policy.idle()).isEqualTo(Duration.ofDays(1));
        assertThat(policy.absolute()).isEqualTo(Duration.ofDays(7));
    }

    @ParameterizedTest
    @CsvSource({"self, Strict", "racing, Lax", "media, Lax", "tutoring, Strict", "workflow, Lax", "measures, Strict"})
    void each_of_our_pages_is_obeyed(String page, String sameSite) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of("..", "pages", page + ".yaml"));
        SessionPolicy policy = SessionPolicy.of(((PageResult.Parsed) PageParser.parse(page, bytes)).page());
        assertThat(policy.sameSite()).isEqualTo(sameSite);
        assertThat(policy.accessToken()).isEqualTo(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cookieSameSite | None | write Strict or Lax",
                "cookieSameSite | strict | write Strict or Lax",
                "cookieSameSite | Strict; Domain=example.com | write Strict or Lax",
                "accessTokenLifetime | soon | write a duration such as 15m",
                "accessTokenLifetime | 0s | between 1m and 400d make sense",
                "accessTokenLifetime | 8d | longer than sessions",
                "idle | 1s | between 1m and 400d make sense",
                "absolute | 900d | between 1m and 400d make sense",
            })
    void a_policy_that_makes_no_sense_is_refused(String key, String value, String why) {
        assertThatThrownBy(() -> of(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }
}
