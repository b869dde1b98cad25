package dev.averment.checks.clientaddress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientAddressCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("untrustedHop", "ignored");

    private final ClientAddressCheck type = new ClientAddressCheck();

    @Test
    void a_header_that_was_believed_is_failing_and_named() {
        var judgement = Altered.of(type, EXPECT).subjects("taken", true);
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("X-Forwarded-For");
    }

    @Test
    void another_address_than_without_headers_is_failing() {
        assertThat(Altered.of(type, EXPECT).value("sameAddress", false).verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, EXPECT).value("sameAddress", "?").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
