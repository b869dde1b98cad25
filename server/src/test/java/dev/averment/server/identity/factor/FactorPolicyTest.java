package dev.averment.server.identity.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactorPolicyTest {

    private static FactorPolicy demanding(String word) {
        return FactorPolicy.of(Map.of("operators", Map.of("factor", word)));
    }

    /** ASVS 6.3.3: each demand, against each thing that a session may have shown. */
    @ParameterizedTest
    @CsvSource({
        "any, password, false",
        "any, password recovery-code, false",
        "any, password totp, true",
        "any, passkey, true",
        "totp, password totp, true",
        "totp, passkey, false",
        "webauthn, password totp, false",
        "webauthn, passkey, true",
        "hardware, password totp, false",
        "hardware, passkey, false",
        "hardware, password recovery-code, false",
        "hardware, passkey hardware-key, true"
    })
    void each_demand_takes_what_it_names(String demand, String shown, boolean enough) {
        assertThat(demanding(demand).satisfiedBy(Set.of(shown.split(" ", -1)))).isEqualTo(enough);
    }

    @Test
    void a_page_that_demands_nothing_takes_a_password() {
        assertThat(FactorPolicy.of(Map.of()).satisfiedBy(Set.of("password"))).isTrue();
        assertThat(FactorPolicy.of(Map.of("operators", Map.of())).satisfiedBy(Set.of("password")))
                .isTrue();
    }

    @Test
    void a_demand_that_is_not_known_is_refused_and_not_passed_over() {
        assertThatThrownBy(() -> demanding("sms"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("any, totp, webauthn, hardware");
    }
}
