package dev.averment.server.identity.factor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    private static final byte[] SEED = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** RFC 6238, appendix B, the rows for SHA-1. */
    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void codes_are_those_of_the_rfc(long second, String code) {
        long step = Totp.step(Instant.ofEpochSecond(second));
        assertThat(Totp.code(SEED, step, 8)).isEqualTo(code);
        assertThat(Totp.code(SEED, step)).isEqualTo(code.substring(2));
    }

    /** ASVS 6.5.5: a code is good for its thirty seconds and one step of drift on each side, no more. */
    @Test
    void one_step_of_drift_is_taken_and_two_are_not() {
        long now = 41_152_263;
        for (int drift = -1; drift <= 1; drift++) {
            assertThat(Totp.matching(SEED, Totp.code(SEED, now + drift), now)).hasValue(now + drift);
        }
        assertThat(Totp.matching(SEED, Totp.code(SEED, now - 2), now)).isEmpty();
        assertThat(Totp.matching(SEED, Totp.code(SEED, now + 2), now)).isEmpty();
    }

    @Test
    void what_is_no_code_matches_nothing() {
        long now = 41_152_263;
        String good = Totp.code(SEED, now);
        assertThat(Totp.matching(SEED, good.substring(0, 3) + " " + good.substring(3), now))
                .hasValue(now);
        assertThat(Totp.matching(SEED, "", now)).isEmpty();
        assertThat(Totp.matching(SEED, good + "0", now)).isEmpty();
        assertThat(Totp.matching(SEED, good.substring(1), now)).isEmpty();
        assertThat(Totp.matching(SEED, "１２３４５６", now)).isEmpty();
    }

    /** RFC 4648 §10, without padding. */
    @ParameterizedTest
    @CsvSource({"f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32_is_that_of_the_rfc(String plain, String encoded) {
        assertThat(Base32.encode(plain.getBytes(StandardCharsets.US_ASCII), Base32.STANDARD))
                .isEqualTo(encoded);
    }

    @Test
    void a_link_names_issuer_account_and_seed_and_its_picture_is_square() {
        AuthenticatorLink link = AuthenticatorLink.of(SEED, "security.example.org", "pat+1@example.org");
        assertThat(link.uri())
                .isEqualTo("otpauth://totp/security.example.org:pat%2B1%40example.org?secret=" + link.secret()
                        + "&issuer=security.example.org&algorithm=SHA1&digits=6&period=30");
        assertThat(link.qr()).startsWith("<svg ").contains("<path d=\"M4 4h1v1h-1z");
        assertThat(link.toString()).doesNotContain(link.secret());
    }

    /** ASVS 11.3.3: a sealed seed is bound to its account and enrolment, and can't be altered. */
    @Test
    @Asvs("6.7.1")
    void a_seed_opens_only_where_it_belongs() {
        var vault = new SeedVault("00".repeat(32));
        UUID account = UUID.randomUUID();
        UUID version = UUID.randomUUID();
        byte[] sealed = vault.seal(SEED, account, version);
        assertThat(vault.open(sealed, account, version)).isEqualTo(SEED);
        assertThat(vault.seal(SEED, account, version)).isNotEqualTo(sealed);
        assertThatThrownBy(() -> vault.open(sealed, UUID.randomUUID(), version))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> vault.open(sealed, account, UUID.randomUUID()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new SeedVault("01".repeat(32)).open(sealed, account, version))
                .isInstanceOf(IllegalStateException.class);
        sealed[sealed.length - 1] ^= 1;
        assertThatThrownBy(() -> vault.open(sealed, account, version)).isInstanceOf(IllegalStateException.class);
    }
}
