package dev.averment.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.claims.Page;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EdgePolicyTest {

    @Test
    void what_the_page_says_is_what_the_edge_does() {
        EdgePolicy policy = EdgePolicy.of(
                page(Map.of("tls", Map.of("min", "1.3"), "hsts", Map.of("maxAge", "365d", "includeSubDomains", true))));

        assertThat(policy.tlsVersions()).containsExactly("TLSv1.3");
        assertThat(policy.hstsHeader()).isEqualTo("max-age=31536000; includeSubDomains");
    }

    @Test
    void a_page_that_says_nothing_gets_two_years() {
        assertThat(EdgePolicy.of(page(Map.of())).hstsHeader()).isEqualTo("max-age=63072000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a year", "365", "", "-1d", "1.5d"})
    void an_age_that_can_not_be_read_is_never_replaced_by_another(String age) {
        assertThatThrownBy(() -> EdgePolicy.of(page(Map.of("hsts", Map.of("maxAge", age)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("policy.hsts.maxAge");
    }

    private static Page page(Map<String, Object> policy) {
        return new Page(
                "test",
                Map.of("en", "Test"),
                "en",
                LocalDate.of(2026, 11, 22),
                policy,
                List.of(),
                List.of(),
                List.of(),
                new byte[0]);
    }
}
