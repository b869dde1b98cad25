package dev.averment.server.identity.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.password.Scheme.Argon2id;
import dev.averment.server.identity.password.Scheme.Bcrypt;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final String PASSWORD = "seven purple otters juggling";
    private static final HashingPool POOL = new HashingPool(2, 8, Duration.ofMinutes(1));
    private static final Passwords PASSWORDS = new Passwords(new PasswordPolicy(new Argon2id(19 * 1024, 2, 1)), POOL);

    @AfterAll
    static void close() {
        POOL.close();
    }

    @Test
    @Asvs("11.2.2")
    void a_password_under_an_older_scheme_matches_and_is_due_for_a_new_hash() {
        String old = StoredHash.make(PASSWORD, new Bcrypt(10)).encoded();
        assertThat(PASSWORDS.compare(PASSWORD, Optional.of(old))).contains(new Passwords.Comparison(true, true));
        assertThat(PASSWORDS.compare("another one", Optional.of(old))).contains(new Passwords.Comparison(false, false));
        String now = PASSWORDS.hash(PASSWORD).orElseThrow().encoded();
        assertThat(PASSWORDS.compare(PASSWORD, Optional.of(now))).contains(new Passwords.Comparison(true, false));
    }

    /** The work is done, whether or not there is anything to compare with. */
    @Test
    @Asvs("6.3.8")
    void nobody_is_compared_at_the_same_cost_and_never_matches() {
        long before = POOL.ran();
        for (String guess : new String[] {PASSWORD, "nobody has this password", ""}) {
            assertThat(PASSWORDS.compare(guess, Optional.empty())).contains(new Passwords.Comparison(false, false));
        }
        assertThat(POOL.ran() - before).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "seven purple otters juggling",
                "$argon2id$v=19$m=4194304,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$Yzp1FzeJFd4NAEYiqiE7UiHeJAJSIma2DyQ2t3S8/ag"
            })
    @Asvs("11.2.5")
    void a_row_that_is_no_hash_matches_nothing_and_breaks_nothing(String row) {
        assertThat(PASSWORDS.compare(PASSWORD, Optional.of(row))).contains(new Passwords.Comparison(false, false));
        assertThat(PASSWORDS.compare("nobody has this password", Optional.of(row)))
                .contains(new Passwords.Comparison(false, false));
    }
}
