package dev.averment.checks.addressencryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressEncryptionCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("plaintext", "nowhere");

    private final AddressEncryptionCheck type = new AddressEncryptionCheck();

    @Test
    void an_address_in_clear_is_failing_and_its_table_is_named() {
        for (Planted kind : Planted.values()) {
            var said = Altered.of(type, EXPECT).subject(kind.word(), "inClear", List.of("delivery.attempt"));
            assertThat(said.verdict()).as(kind.word()).isEqualTo(Verdict.FAILING);
            assertThat(said.reason()).contains(kind.word(), "delivery.attempt");
        }
    }

    @Test
    void the_key_in_the_database_is_failing() {
        assertThat(Altered.of(type, EXPECT).value("keyPlaces", List.of("a.b")).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void what_does_not_open_with_its_key_proves_nothing() {
        assertThat(Altered.of(type, EXPECT).subjects("opens", false).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).subjects("inClear", "?").verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).value("keys", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(Altered.of(type, EXPECT).value("tables", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_text_is_found_in_hexadecimal_and_in_base64_wherever_it_begins() {
        String text = "https://hooks.averment.example/canary/abcdefgh";
        var forms = Forms.of(List.of(text));
        assertThat(forms).contains(text);
        for (String before : List.of("", "x", "xy", "xyz")) {
            byte[] stored = (before + text + "}").getBytes(java.nio.charset.StandardCharsets.UTF_8);
            String hex = java.util.HexFormat.of().formatHex(stored);
            String base64 = java.util.Base64.getEncoder().encodeToString(stored);
            assertThat(forms).as(before).anyMatch(hex::contains).anyMatch(base64::contains);
        }
    }

    @Test
    void a_promise_of_something_else_is_not_judged() {
        Map<String, Object> other = Map.of("plaintext", "other");
        var said = type.judge().judge(type.passingExample(other, Altered.NOW), other, Altered.NOW);
        assertThat(said.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(said.reason()).contains("plaintext");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
