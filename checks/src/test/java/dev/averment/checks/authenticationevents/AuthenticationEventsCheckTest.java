package dev.averment.checks.authenticationevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.checks.Altered;
import dev.averment.checks.CollectException;
import dev.averment.checks.target.TestSite;
import dev.averment.claims.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuthenticationEventsCheckTest {
    private static final Map<String, Object> EXPECT = Map.of("outcomes", "all", "entries", "one-each");

    private final AuthenticationEventsCheck type = new AuthenticationEventsCheck();

    @Test
    void an_entry_too_few_or_too_many_is_failing() {
        Altered altered = Altered.of(type, EXPECT);
        assertThat(altered.subject("auth.sign_in_wrong_password", "entries", 0L).reason())
                .contains("caused once", "no entry");
        assertThat(altered.subject("auth.signed_in", "entries", 6L).verdict()).isEqualTo(Verdict.FAILING);
    }

    @Test
    void a_secret_in_an_entry_is_failing() {
        assertThat(Altered.of(type, EXPECT)
                        .value("secrets", List.of("a mail address"))
                        .verdict())
                .isEqualTo(Verdict.FAILING);
        assertThat(Altered.of(type, EXPECT).value("secrets", "?").verdict()).isEqualTo(Verdict.UNPROVEN);
    }

    @Test
    void an_outcome_that_nobody_caused_proves_nothing_unless_it_cannot_be_caused() {
        var judgement = Altered.of(type, EXPECT)
                .value("outcomes", List.of("auth.signed_in", "auth.sign_in_shed", "auth.signed_in_by_owl"));
        assertThat(judgement.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(judgement.reason()).contains("auth.signed_in_by_owl").doesNotContain("shed");
    }

    @Test
    void a_target_without_a_sign_in_is_not_looked_at() {
        assertThatThrownBy(() -> Altered.collect(type, TestSite.target(), Map.of()))
                .isInstanceOf(CollectException.class)
                .hasMessageContaining("sign in service");
    }
}
