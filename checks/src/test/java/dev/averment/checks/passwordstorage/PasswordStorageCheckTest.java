package dev.averment.checks.passwordstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordStorageCheckTest {
    private static final String TAG = "$c2FsdHNhbHRzYWx0c2FsdA$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNoaGFzaGhhc2g";

    private static final Map<String, Object> ARGON =
            Map.of("hash", "Argon2id", "memory", "64MiB", "time", 3L, "parallelism", 1L, "upgrade", true);

    private final PasswordStorageCheck type = new PasswordStorageCheck();

    @ParameterizedTest
    @CsvSource({"memoryKiB,65535", "memoryKiB,64", "time,2", "parallelism,4"})
    void a_figure_other_than_promised_is_failing(String fact, long value) {
        assertThat(Altered.of(type, ARGON).subjects(fact, value).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void another_hash_is_failing_and_named() {
        var judgement = Altered.of(type, ARGON).subject(PasswordStorageCollector.NEW, "hash", "plain text");
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("plain text", "Argon2id");
    }

    @Test
    void an_older_hash_that_stays_is_failing() {
        assertThat(Altered.of(type, ARGON)
                        .subject(PasswordStorageCollector.OLDER, "hash", "bcrypt")
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, ARGON).subjects("signedIn", false).verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_figure_that_was_not_seen_proves_nothing() {
        assertThat(Altered.of(type, ARGON).subjects("time", "three").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_cost_may_be_a_minimum_or_exact() {
        Map<String, Object> least = Map.of("hash", "bcrypt", "cost", Map.of("min", "10"));
        assertThat(Altered.of(type, least).subjects("cost", 9L).verdict()).isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, least).subjects("cost", 12L).verdict()).isEqualTo(Verdict.PROVEN);
        Map<String, Object> exact = Map.of("hash", "scrypt", "cost", Map.of("exactly", "131072"));
        assertThat(Altered.of(type, exact).subjects("cost", 262144L).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_stored_form_is_read_without_its_salt_and_tag() {
        assertThat(StoredForm.facts("$argon2id$v=19$m=65536,t=3,p=1" + TAG, "x y z"))
                .isEqualTo(Map.of("hash", "argon2id", "memoryKiB", 65536L, "time", 3L, "parallelism", 1L));
        assertThat(StoredForm.facts("$scrypt$ln=17,r=8,p=1" + TAG, "x y z"))
                .isEqualTo(Map.of("hash", "scrypt", "memoryKiB", 131072L, "cost", 131072L, "parallelism", 1L));
        assertThat(StoredForm.facts("$2b$10$" + "a".repeat(53), "x y z"))
                .isEqualTo(Map.of("hash", "bcrypt", "cost", 10L));
        assertThat(StoredForm.facts("d41d8cd98f00b204e9800998ecf8427e", "x y z"))
                .isEqualTo(Map.of("hash", "a bare digest"));
        assertThat(StoredForm.facts("prefix:x y z", "x y z")).isEqualTo(Map.of("hash", "plain text"));
        assertThat(StoredForm.facts("{SSHA}abc", "x y z")).isEqualTo(Map.of("hash", "an unknown form"));
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service")
                .hasMessageContaining("target file");
    }
}
