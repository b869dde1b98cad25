package dev.averment.server.identity.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.password.Scheme.Argon2id;
import dev.averment.server.identity.password.Scheme.Bcrypt;
import dev.averment.server.identity.password.Scheme.Scrypt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes against what others computed, and strings that a hostile row of the database might hold. */
class StoredHashTest {
    private static final String SALT = "AAECAwQFBgcICQoLDA0ODw";
    private static final String TAG = "Yzp1FzeJFd4NAEYiqiE7UiHeJAJSIma2DyQ2t3S8/ag";
    private static final String BCRYPT = "abcdefghijklmnopqrstuu3F5EzB7ueAf1YE.uZN5pPZt9FmYscIe";

    /** RFC 9106 §5.3; with a secret and associated data, which stored passwords don't have. */
    @Test
    @Asvs("11.4.2")
    void argon2id_gives_the_tag_of_rfc_9106() {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(32)
                .withIterations(3)
                .withParallelism(4)
                .withSalt(bytes(2, 16))
                .withSecret(bytes(3, 8))
                .withAdditional(bytes(4, 12))
                .build());
        byte[] tag = new byte[32];
        generator.generateBytes(bytes(1, 32), tag);
        assertThat(HexFormat.of().formatHex(tag))
                .isEqualTo("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
    }

    private static byte[] bytes(int value, int count) {
        byte[] all = new byte[count];
        Arrays.fill(all, (byte) value);
        return all;
    }

    /** RFC 7914 §12. */
    @ParameterizedTest
    @CsvSource({
        "'', '', 16, 1, 1, 77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
        "password, NaCl, 1024, 8, 16, fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "pleaseletmein, SodiumChloride, 16384, 8, 1, 7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    })
    void scrypt_gives_the_keys_of_rfc_7914(String password, String salt, int n, int r, int p, String key) {
        assertThat(HexFormat.of()
                        .formatHex(SCrypt.generate(
                                password.getBytes(StandardCharsets.UTF_8),
                                salt.getBytes(StandardCharsets.UTF_8),
                                n,
                                r,
                                p,
                                64)))
                .isEqualTo(key);
    }

    /**
     * What other programs computed: the reference implementation of Argon2 (by argon2-cffi), OpenSSL's scrypt (by Python),
     * libxcrypt's bcrypt (by Perl), and strings that OpenBSD's bcrypt published.
     */
    static List<String[]> computedElsewhere() {
        String otters = "seven purple otters juggling";
        String umlauts = "paßwörter sind so eine sache";
        return List.of(
                new String[] {otters, "$argon2id$v=19$m=65536,t=3,p=1$" + SALT + "$" + TAG},
                new String[] {
                    umlauts, "$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$B+4y+VGJGbXmYQls2heXeJ7ZoVPiXWLl11qfmPZuafU"
                },
                new String[] {
                    "", "$argon2id$v=19$m=19456,t=2,p=1$" + SALT + "$MVSMP3rBIzE7F86FWHKNemRnE6hkgY2O2buZdxt7Gkw"
                },
                new String[] {
                    "p of two lanes, and more",
                    "$argon2id$v=19$m=12288,t=3,p=2$" + SALT + "$sJsxCaPlwpZpWYzSfacQjUJ2nQmaOLboPvMX9837G2E"
                },
                new String[] {otters, "$scrypt$ln=10,r=8,p=1$" + SALT + "$muJ1s5bmLSLFxJEwG+GVmyjuDWUMA37sYim6wiCQkKA"},
                new String[] {umlauts, "$scrypt$ln=10,r=8,p=1$" + SALT + "$FNmBe7VT5Bza1X5M8Ktp53dM9uX6eRaA8djqwwjz4eU"
                },
                new String[] {otters, "$2b$10$" + BCRYPT},
                new String[] {umlauts, "$2b$10$abcdefghijklmnopqrstuuxdkS7vPH.lBjlRrlccQgW47kB6KkErq"},
                new String[] {"é".repeat(36), "$2b$10$abcdefghijklmnopqrstuu3WPvXjVwyQ/qCoOEhfsb8Hz5o0U5kEi"},
                new String[] {"", "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s."},
                new String[] {"a", "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"},
                new String[] {"abc", "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"},
                new String[] {
                    "~!@#$%^&*()      ~!@#$%^&*()PNBFRD", "$2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO"
                });
    }

    @ParameterizedTest
    @MethodSource("computedElsewhere")
    @Asvs({"11.2.1", "11.4.2"})
    void a_hash_that_another_program_made_is_verified(String password, String encoded) {
        StoredHash stored = StoredHash.parse(encoded).orElseThrow();
        assertThat(stored.matches(password)).isTrue();
        assertThat(stored.matches(password + " ")).isFalse();
        assertThat(stored.encoded()).isEqualTo(encoded);
    }

    static List<Scheme> schemes() {
        return List.of(new Argon2id(12 * 1024, 3, 2), new Scrypt(1 << 17, 8, 1), new Bcrypt(10));
    }

    @ParameterizedTest
    @MethodSource("schemes")
    @Asvs({"6.2.8", "11.4.2"})
    void what_is_made_is_read_back_and_matches_that_password_only(Scheme scheme) {
        String password = "Correct horse, battery staple";
        StoredHash made = StoredHash.make(password, scheme);
        StoredHash read = StoredHash.parse(made.encoded()).orElseThrow();
        assertThat(read.scheme()).isEqualTo(scheme);
        assertThat(read.matches(password)).isTrue();
        for (String other : List.of("correct horse, battery staple", password.substring(1), password + "\0", "")) {
            assertThat(read.matches(other)).as(other).isFalse();
        }
    }

    @Test
    void the_same_password_is_never_stored_alike() {
        var scheme = new Bcrypt(4);
        assertThat(StoredHash.make("seven purple otters", scheme).encoded())
                .isNotEqualTo(StoredHash.make("seven purple otters", scheme).encoded());
    }

    @Test
    @Asvs("6.2.8")
    void the_last_of_two_hundred_characters_counts() {
        var scheme = new Argon2id(19 * 1024, 2, 1);
        StoredHash stored = StoredHash.make("x".repeat(199) + "a", scheme);
        assertThat(stored.matches("x".repeat(199) + "a")).isTrue();
        assertThat(stored.matches("x".repeat(199) + "b")).isFalse();
        assertThat(stored.matches("x".repeat(199))).isFalse();
    }

    /** bcrypt would read the first 72 bytes, and a key that repeats after a NUL (CVE-2025-22228). */
    @Test
    @Asvs("6.2.8")
    void bcrypt_is_asked_about_nothing_that_it_would_cut() {
        StoredHash stored = StoredHash.parse("$2b$10$abcdefghijklmnopqrstuu3WPvXjVwyQ/qCoOEhfsb8Hz5o0U5kEi")
                .orElseThrow();
        assertThat(stored.matches("é".repeat(36) + "x")).isFalse();
        StoredHash abc = StoredHash.parse("$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i")
                .orElseThrow();
        assertThat(abc.matches("abc\0abc")).isFalse();
    }

    @Test
    @Asvs("6.2.8")
    void half_of_a_surrogate_pair_is_no_question_mark() {
        StoredHash stored = StoredHash.make("what is this??", new Bcrypt(4));
        assertThat(stored.matches("what is this??")).isTrue();
        assertThat(stored.matches("what is this?\ud83d")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "password",
                "{noop}password",
                "$argon2i$v=19$m=65536,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2d$v=19$m=65536,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=16$m=65536,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$m=65536,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$t=3,m=65536,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=65536,t=3,p=1,keyid=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=065536,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=+65536,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=-65536,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=0,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=65536,t=0,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=65536,t=3,p=0$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=15,t=3,p=2$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=262145,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=4194304,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=99999999999,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=65536,t=11,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=65536,t=3,p=9$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=٦٥٥٣٦,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=65536,t=3,p=1$" + SALT + "$" + TAG + "=",
                "$argon2id$v=19$m=65536,t=3,p=1$" + SALT + "$" + TAG + "\n",
                " $argon2id$v=19$m=65536,t=3,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=65536, t=3, p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=65536,t=3,p=1$AAECAwQFBgcICQoLDA0OD$" + TAG,
                "$argon2id$v=19$m=65536,t=3,p=1$AAECAwQFBgcICQoLDA0ODx$" + TAG,
                "$argon2id$v=19$m=65536,t=3,p=1$" + SALT + "$Yzp1FzeJFd4NAEYiqiE7UiHeJAJSIma2DyQ2t3S8_ag",
                "$argon2id$v=19$m=65536,t=3,p=1$" + SALT + "$Yzp1FzeJFd4NAEYiqiE7UiHeJAJSIma2DyQ2t3S8/ah",
                "$argon2id$v=19$m=65536,t=3,p=1$" + SALT + "$",
                "$scrypt$ln=0,r=8,p=1$" + SALT + "$" + TAG,
                "$scrypt$ln=31,r=8,p=1$" + SALT + "$" + TAG,
                "$scrypt$ln=63,r=8,p=1$" + SALT + "$" + TAG,
                "$scrypt$ln=19,r=8,p=1$" + SALT + "$" + TAG,
                "$scrypt$ln=16,r=1,p=1$" + SALT + "$" + TAG,
                "$scrypt$ln=17,r=8,p=8$" + SALT + "$" + TAG,
                "$scrypt$ln=21,r=1,p=64$" + SALT + "$" + TAG,
                "$scrypt$ln=10,r=0,p=1$" + SALT + "$" + TAG,
                "$scrypt$ln=10,r=8,p=99$" + SALT + "$" + TAG + "\r",
                "$2$10$" + BCRYPT,
                "$2x$10$" + BCRYPT,
                "$2b$00$" + BCRYPT,
                "$2b$03$" + BCRYPT,
                "$2b$17$" + BCRYPT,
                "$2b$31$" + BCRYPT,
                "$2b$99$" + BCRYPT,
                "$2b$4$" + BCRYPT,
                "$2b$10$" + BCRYPT + "x",
                "$2b$10$" + BCRYPT + "\n",
                "$2b$10$abcdefghijklmnopqrstuu3F5EzB7ueAf1YE+uZN5pPZt9FmYscIe"
            })
    @Asvs("11.2.5")
    void a_string_that_we_could_not_have_written_is_no_hash(String encoded) {
        assertThat(StoredHash.parse(encoded)).isEmpty();
    }

    /** Whatever is read can be compared: a row of the database must not break a sign-in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=8,t=1,p=1$" + SALT + "$" + TAG,
                "$argon2id$v=19$m=64,t=10,p=8$" + SALT + "$" + TAG,
                "$scrypt$ln=1,r=1,p=1$" + SALT + "$" + TAG,
                "$scrypt$ln=15,r=1,p=64$" + SALT + "$" + TAG,
                "$scrypt$ln=4,r=64,p=16$" + SALT + "$" + TAG,
                "$2y$04$....................................................."
            })
    @Asvs("16.5.3")
    void what_is_read_can_be_compared(String encoded) {
        StoredHash stored = StoredHash.parse(encoded).orElseThrow();
        assertThat(stored.matches("seven purple otters juggling")).isFalse();
    }

    @Test
    @Asvs("16.2.5")
    void neither_salt_nor_tag_gets_into_a_message() {
        StoredHash stored = StoredHash.parse("$argon2id$v=19$m=65536,t=3,p=1$" + SALT + "$" + TAG)
                .orElseThrow();
        assertThat(stored.toString()).isEqualTo("argon2id m=65536,t=3,p=1");
    }
}
