package dev.averment.server.identity.password;

import static dev.averment.server.identity.password.PasswordRules.Refusal.GUESSABLE;
import static dev.averment.server.identity.password.PasswordRules.Refusal.TOO_LONG;
import static dev.averment.server.identity.password.PasswordRules.Refusal.TOO_SHORT;
import static dev.averment.server.identity.password.PasswordRules.Refusal.UNREADABLE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.password.Scheme.Argon2id;
import dev.averment.server.identity.password.Scheme.Bcrypt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRulesTest {
    private static final PasswordRules RULES = new PasswordRules(new PasswordPolicy(new Argon2id(64 * 1024, 3, 1)));
    private static final List<String> AROUND = List.of("olga.ownerson@shipyard.example", "Olga Ownerson");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seven purple otters juggling",
                "kühle Füße über Öl",
                "прохладные синие выдры",
                "七只紫色的水獭在河边杂耍很开心呀",
                "tr0ub4dor&3 tr0ub4dor&4",
                "                    a blank is a character too",
                "zxqvj wkpfm tlrbd",
                "\uD83E\uDDA6\uD83E\uDDA7\uD83E\uDDA8\uD83E\uDDA9\uD83E\uDDAA\uD83E\uDDAB\uD83E\uDDAC\uD83E\uDDAD\uD83E\uDDAE"
                        + "\uD83E\uDDAF\uD83D\uDC2F\uD83D\uDC30\uD83D\uDC31\uD83D\uDC32\uD83D\uDC33"
            })
    @Asvs({"6.2.5", "6.2.8"})
    void any_characters_make_a_password_when_there_are_enough_of_them(String password) {
        assertThat(RULES.refusal(password, AROUND, false)).isEmpty();
    }

    @Test
    @Asvs("6.2.1")
    void length_is_counted_in_characters_and_not_in_code_units() {
        assertThat(RULES.refusal("zq#vj wkpfm tl", AROUND, false)).contains(TOO_SHORT);
        assertThat(RULES.refusal("zq#vj wkpfm tlr", AROUND, false)).isEmpty();
        // 14 characters, 28 code units, 56 bytes.
        assertThat(RULES.refusal("\uD83E\uDDA6".repeat(14), AROUND, false)).contains(TOO_SHORT);
        assertThat(RULES.refusal("", AROUND, true)).contains(TOO_SHORT);
        assertThat(RULES.refusal("zq#vj wk", AROUND, true)).isEmpty();
        assertThat(RULES.refusal("zq#vj w", AROUND, true)).contains(TOO_SHORT);
    }

    @Test
    @Asvs("6.2.9")
    void long_passwords_are_welcome_up_to_a_bound() {
        String pattern = "seven purple otters juggling nine silver herons dancing eleven green badgers whistling ";
        for (int length : new int[] {64, 65, 100, 101, 128, 255, 256}) {
            assertThat(RULES.refusal(pattern.repeat(4).substring(0, length), AROUND, false))
                    .as("%d", length)
                    .isEmpty();
        }
        assertThat(RULES.refusal(pattern.repeat(4).substring(0, 257), AROUND, false))
                .contains(TOO_LONG);
        // In characters, too: 256 of them that take two code units each.
        assertThat(RULES.refusal("x\uD83E\uDDA6q\uD83E\uDDA7".repeat(64), AROUND, false))
                .isNotEqualTo(java.util.Optional.of(TOO_LONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seven purple\u0000 otters juggling",
                "\u0000seven purple otters juggling",
                "seven purple otters\uD83E",
                "\uDDA6seven purple otters",
                "seven \uDDA6\uD83E purple otters"
            })
    @Asvs("6.2.8")
    void what_cannot_be_typed_again_is_refused(String password) {
        assertThat(RULES.refusal(password, AROUND, false)).contains(UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordpassword",
                "password12345678",
                "qwertyuiopasdfghjkl",
                "123456789012345678",
                "aaaaaaaaaaaaaaaaaaaaaa",
                "abcabcabcabcabcabc",
                "1q2w3e4r5t6y7u8i9o0p",
                "iloveyouiloveyouiloveyou",
                "P@ssw0rdP@ssw0rd"
            })
    @Asvs({"6.2.4", "6.2.12"})
    void what_attackers_try_first_is_refused(String password) {
        assertThat(RULES.refusal(password, AROUND, false)).contains(GUESSABLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "olgaownersonolga",
                "OwnersonShipyard",
                "shipyardshipyard",
                "ownerson.shipyard",
                "0wn3rs0nshipyard",
                "avermentaverment",
                "avermentsecurity",
                "AvermentEvidence"
            })
    @Asvs("6.2.11")
    void words_that_stand_around_the_account_make_no_password(String password) {
        assertThat(RULES.refusal(password, AROUND, false)).contains(GUESSABLE);
    }

    /** The same letters are good for somebody whom they have nothing to do with: the words are what refuses them. */
    @Test
    @Asvs("6.2.11")
    void a_context_word_of_one_account_is_no_context_word_of_another() {
        String password = "quillfeatherquay";
        assertThat(RULES.refusal(password, List.of("a@quillfeather.example", "Quay Feather"), false))
                .contains(GUESSABLE);
        assertThat(RULES.refusal("xqzw " + password, List.of(), false)).isEmpty();
    }

    @Test
    @Asvs({"6.2.8", "6.2.9"})
    void under_bcrypt_what_it_would_cut_is_refused_and_said() {
        var rules = new PasswordRules(new PasswordPolicy(new Bcrypt(10)));
        String ascii = "seven purple otters juggling nine silver herons dancing eleven green bad";
        assertThat(ascii).hasSize(72);
        assertThat(rules.refusal(ascii, AROUND, false)).isEmpty();
        assertThat(rules.refusal(ascii + "g", AROUND, false)).contains(TOO_LONG);
        String umlauts = "kühle Füße über Öl, süße Äpfel, öde Flüsse, trübe Höfe, weiße Möwen";
        assertThat(umlauts.length()).isLessThan(72);
        assertThat(rules.refusal(umlauts, AROUND, false)).contains(TOO_LONG);
        assertThat(TOO_LONG.message()).contains("72 bytes under bcrypt");
    }

    /** A bound on work: the estimator's time grows with the square of what it reads. */
    @Test
    void a_password_is_judged_by_no_more_than_its_first_hundred_characters() {
        String good = "seven purple otters juggling";
        assertThat(RULES.refusal(good + "a".repeat(228), AROUND, false)).isEmpty();
        assertThat(RULES.refusal("a".repeat(128) + good, AROUND, false)).contains(GUESSABLE);
    }
}
