package dev.averment.server.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.claims.Page;
import dev.averment.claims.PageParser;
import dev.averment.claims.PageResult;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.password.Scheme.Argon2id;
import dev.averment.server.identity.password.Scheme.Bcrypt;
import dev.averment.server.identity.password.Scheme.Scrypt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PasswordPolicyTest {
    private static final Scheme DEFAULT = new Argon2id(64 * 1024, 3, 1);

    private static Page page(Map<String, Object> policy) {
        return new Page(
                "p",
                Map.of("en", "P"),
                "en",
                LocalDate.of(2026, 11, 24),
                policy,
                List.of(),
                List.of(),
                List.of(),
                new byte[0]);
    }

    private static PasswordPolicy of(Map<String, Object> passwords) {
        return PasswordPolicy.of(page(Map.of("passwords", passwords)));
    }

    static List<Object[]> pages() {
        return List.of(
                new Object[] {"self", DEFAULT},
                new Object[] {"racing", DEFAULT},
                new Object[] {"media", DEFAULT},
                new Object[] {"tutoring", DEFAULT},
                new Object[] {"workflow", new Scrypt(1 << 17, 8, 1)},
                new Object[] {"measures", new Bcrypt(10)});
    }

    /** Every page that we publish states a policy that this server can enforce. */
    @ParameterizedTest
    @MethodSource("pages")
    @Asvs("11.4.2")
    void each_of_our_pages_is_obeyed(String page, Scheme scheme) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of("..", "pages", page + ".yaml"));
        var parsed = (PageResult.Parsed) PageParser.parse(page, bytes);
        assertThat(PasswordPolicy.of(parsed.page()).scheme()).isEqualTo(scheme);
    }

    @Test
    void a_page_that_is_silent_gets_argon2id_of_64_mebibytes() {
        assertThat(PasswordPolicy.of(page(Map.of())).scheme()).isEqualTo(DEFAULT);
        assertThat(of(Map.of("hash", "argon2id")).scheme()).isEqualTo(DEFAULT);
        assertThat(of(Map.of("hash", "SCRYPT")).scheme()).isEqualTo(new Scrypt(1 << 17, 8, 1));
        assertThat(of(Map.of("hash", "bcrypt")).scheme()).isEqualTo(new Bcrypt(10));
    }

    @ParameterizedTest
    @CsvSource({"64MiB, 65536", "64 MiB, 65536", "65536KiB, 65536", "65536kib, 65536"})
    void memory_is_read_in_its_units(String memory, int kibibytes) {
        assertThat(of(Map.of("hash", "argon2id", "memory", memory)).scheme()).isEqualTo(new Argon2id(kibibytes, 3, 1));
    }

    static List<Object[]> refused() {
        return List.of(
                new Object[] {Map.of("hash", "argon2id", "memory", "64KiB"), "under the published minimum"},
                new Object[] {Map.of("hash", "argon2id", "memory", "11MiB"), "under the published minimum"},
                new Object[] {Map.of("hash", "argon2id", "memory", "18MiB", "time", 2), "under the published minimum"},
                new Object[] {Map.of("hash", "argon2id", "memory", "45MiB", "time", 1), "under the published minimum"},
                new Object[] {Map.of("hash", "argon2id", "time", 0), "under the published minimum"},
                new Object[] {Map.of("hash", "argon2id", "time", -3), "under the published minimum"},
                new Object[] {Map.of("hash", "argon2id", "parallelism", 0), "under the published minimum"},
                new Object[] {Map.of("hash", "argon2id", "memory", "257MiB"), "more than one sign-in may cost"},
                new Object[] {Map.of("hash", "argon2id", "memory", "1GiB"), "more than one sign-in may cost"},
                new Object[] {Map.of("hash", "argon2id", "memory", "999999GiB"), "more than one sign-in may cost"},
                new Object[] {Map.of("hash", "argon2id", "time", 11), "more than one sign-in may cost"},
                new Object[] {Map.of("hash", "argon2id", "parallelism", 9), "more than one sign-in may cost"},
                new Object[] {Map.of("hash", "argon2id", "memory", "64MB"), "write it as in 64MiB"},
                new Object[] {Map.of("hash", "argon2id", "memory", 65536), "write it as in 64MiB"},
                new Object[] {Map.of("hash", "argon2id", "time", "three"), "write a whole number such as 3"},
                new Object[] {Map.of("hash", "argon2id", "time", 2.5), "write a whole number such as 3"},
                new Object[] {Map.of("hash", "argon2id", "time", 99999999999L), "write a whole number such as 3"},
                new Object[] {Map.of("hash", "scrypt", "cost", 65536, "memory", "64MiB"), "under the published minimum"
                },
                new Object[] {Map.of("hash", "scrypt", "memory", "64MiB"), "under the published minimum"},
                new Object[] {Map.of("hash", "scrypt", "cost", 131071), "don't fit together"},
                new Object[] {Map.of("hash", "scrypt", "memory", "130MiB"), "don't fit together"},
                new Object[] {Map.of("hash", "scrypt", "cost", 0), "don't fit together"},
                new Object[] {Map.of("hash", "scrypt", "cost", -131072), "don't fit together"},
                new Object[] {
                    Map.of("hash", "scrypt", "cost", 1 << 19, "memory", "512MiB"), "more than one sign-in may cost"
                },
                new Object[] {Map.of("hash", "bcrypt", "cost", 9), "under the published minimum"},
                new Object[] {Map.of("hash", "bcrypt", "cost", 17), "more than one sign-in may cost"},
                new Object[] {Map.of("hash", "md5"), "give argon2id, scrypt or bcrypt"},
                new Object[] {Map.of("memory", "64MiB"), "give argon2id, scrypt or bcrypt"});
    }

    @ParameterizedTest
    @MethodSource("refused")
    @Asvs({"11.4.2", "11.4.4"})
    void a_policy_that_no_server_should_have_is_refused(Map<String, Object> passwords, String why) {
        assertThatThrownBy(() -> of(passwords))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The page's policy")
                .hasMessageContaining(why);
    }

    /** The published minimums themselves are taken: each pair of the cheat sheet, and scrypt's and bcrypt's. */
    @Test
    void the_published_minimums_are_taken() {
        for (Scheme scheme : List.of(
                new Argon2id(46 * 1024, 1, 1),
                new Argon2id(19 * 1024, 2, 1),
                new Argon2id(12 * 1024, 3, 1),
                new Scrypt(1 << 17, 8, 1),
                new Bcrypt(10))) {
            assertThat(new PasswordPolicy(scheme).scheme()).isEqualTo(scheme);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "argon2id 65536 3 1 | $argon2id$v=19$m=65536,t=3,p=1$ | false",
                "argon2id 65536 3 1 | $argon2id$v=19$m=65535,t=3,p=1$ | true",
                "argon2id 65536 3 1 | $argon2id$v=19$m=65536,t=2,p=1$ | true",
                "argon2id 65536 3 1 | $argon2id$v=19$m=65536,t=3,p=2$ | true",
                "argon2id 65536 3 1 | $argon2id$v=19$m=131072,t=4,p=1$ | false",
                "argon2id 65536 3 1 | $scrypt$ln=17,r=8,p=1$ | true",
                "argon2id 65536 3 1 | $2b$12$ | true",
                "scrypt 131072 8 1 | $scrypt$ln=17,r=8,p=1$ | false",
                "scrypt 131072 8 1 | $scrypt$ln=16,r=8,p=1$ | true",
                "scrypt 131072 8 1 | $scrypt$ln=17,r=7,p=1$ | true",
                "scrypt 131072 8 2 | $scrypt$ln=17,r=8,p=1$ | true",
                "scrypt 131072 8 1 | $scrypt$ln=17,r=16,p=1$ | false",
                "scrypt 131072 8 1 | $argon2id$v=19$m=65536,t=3,p=1$ | true",
                "bcrypt 10 | $2b$10$ | false",
                "bcrypt 10 | $2b$09$ | true",
                "bcrypt 10 | $2a$11$ | false",
                "bcrypt 10 | $argon2id$v=19$m=65536,t=3,p=1$ | true",
            })
    @Asvs("11.2.2")
    void a_hash_that_is_weaker_or_of_another_scheme_is_outdated(String policy, String stored, boolean outdated) {
        String rest = stored.startsWith("$2")
                ? "abcdefghijklmnopqrstuu3F5EzB7ueAf1YE.uZN5pPZt9FmYscIe"
                : "AAECAwQFBgcICQoLDA0ODw$Yzp1FzeJFd4NAEYiqiE7UiHeJAJSIma2DyQ2t3S8/ag";
        StoredHash hash = StoredHash.parse(stored + rest).orElseThrow();
        assertThat(new PasswordPolicy(scheme(policy)).outdated(hash)).isEqualTo(outdated);
    }

    private static Scheme scheme(String words) {
        String[] w = words.split(" ");
        return switch (w[0]) {
            case "argon2id" -> new Argon2id(Integer.parseInt(w[1]), Integer.parseInt(w[2]), Integer.parseInt(w[3]));
            case "scrypt" -> new Scrypt(Integer.parseInt(w[1]), Integer.parseInt(w[2]), Integer.parseInt(w[3]));
            default -> new Bcrypt(Integer.parseInt(w[1]));
        };
    }
}
