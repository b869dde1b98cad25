package dev.averment.checks.tokenstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenStorageCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("digest", "SHA-256", "plaintext", "nowhere");

    private final TokenStorageCheck type = new TokenStorageCheck();

    @Test
    void a_token_that_stands_in_a_table_is_failing_and_the_table_named() {
        var judgement = Altered.of(type, EXPECT).subjects("inClear", List.of("identity.api_token"));
        assertThat(judgement.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(judgement.reason()).contains("identity.api_token");
    }

    @Test
    void another_form_than_the_digest_is_failing() {
        assertThat(Altered.of(type, EXPECT).subjects("stored", "plain text").reason())
                .contains("plain text");
        assertThat(Altered.of(type, EXPECT).subjects("stored", "unknown").verdict())
                .isEqualTo(Verdict.FAILING);
    }

    @Test
    void what_was_not_kept_not_searched_or_not_accepted_proves_nothing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subjects("kept", false).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subjects("accepted", false).verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.subjects("inClear", "?").verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(altered.value("tables", 0L).verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void a_digest_that_nobody_can_look_for_is_refused() {
        var judgement =
                type.judge().judge(type.passingExample(Map.of(), Altered.NOW), Map.of("digest", "MD5"), Altered.NOW);
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(judgement.reason()).contains("SHA-256");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
