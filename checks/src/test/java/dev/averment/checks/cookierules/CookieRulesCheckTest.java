package dev.averment.checks.cookierules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CookieRulesCheckTest {
    private static final Map<String, Object> EXPECT = Map.of(
            "sameSite", "Strict", "httpOnly", true, "secure", true, "signature", "rotating", "overlap", "bounded");

    private final CookieRulesCheck type = new CookieRulesCheck();

    @Test
    void a_missing_attribute_is_failing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subjects("secure", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subjects("httpOnly", false).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subjects("sameSite", "").verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subjects("sameSite", "Lax").verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subjects("path", "/api").verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.subjects("domain", "example.org").verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_cookie_whose_signature_is_not_looked_at_is_failing() {
        assertThat(Altered.of(type, EXPECT).subjects("alteredAccepted", true).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, EXPECT).subjects("accepted", false).verdict())
                .isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_key_older_than_its_life_is_failing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.value(
                                "newestKey",
                                Altered.NOW.minus(Duration.ofDays(31)).toString())
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(altered.value("keyOverlap", "PT1000H").verdict()).isEqualTo(Verdict.FAILING);
        assertThat(altered.value("newestKey", "lately").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_page_that_promises_no_rotation_needs_no_keys() {
        assertThat(Altered.of(type, Map.of("sameSite", "Strict", "httpOnly", true, "secure", true))
                        .value("newestKey", "")
                        .verdict())
                .isEqualTo(Verdict.PROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
