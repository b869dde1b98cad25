package dev.averment.server.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.database.DataFolder;
import dev.averment.server.fixture.TestClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as attackers write them. Each is right in all but the one thing that its test is about. */
class AccessTokensTest {
    private static final String ISSUER = "https://averment.test";
    private static final UUID SESSION = UUID.fromString("0b8f9a4e-6f0c-4a51-9d5e-2f5c3f1f7a11");
    private static final UUID ACCOUNT = UUID.fromString("c2a7be4d-93a3-4b0e-8a0e-5a1f0d9f3b22");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String GOOD = "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}";

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T09:00:00.700Z"));
    private DataFolder data;
    private KeyRing keys;
    private AccessTokens tokens;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        data = DataFolder.open(folder.resolve("data"));
        keys = KeyRing.open(data, "access-tokens", Duration.ofDays(30), Duration.ofMinutes(15), clock);
        tokens = new AccessTokens(keys, ISSUER, Duration.ofMinutes(15), clock);
    }

    @AfterEach
    void close() throws Exception {
        data.close();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private String claims() {
        long now = clock.instant().getEpochSecond();
        return "{\"iss\":\"%s\",\"aud\":\"averment-api\",\"sub\":\"%s\",\"sid\":\"%s\",\"gen\":0,\"iat\":%d,\"exp\":%d}"
                .formatted(ISSUER, ACCOUNT, SESSION, now, now + 900);
    }

    /** Signed with the key that is good, whatever it says. */
    private String signed(String header, String claims) {
        String text = base64(header.replace("KID", keys.current().id())) + "." + base64(claims);
        byte[] mac = keys.current().mac(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(mac);
    }

    private void refused(String token) {
        assertThat(tokens.verified(token)).isEmpty();
    }

    @Test
    @Asvs({"9.1.1", "9.2.1", "9.2.2"})
    void a_token_that_was_issued_says_whose_it_is() {
        AccessTokens.Claims claims =
                tokens.verified(tokens.issue(SESSION, ACCOUNT, 7)).orElseThrow();
        assertThat(claims.session()).isEqualTo(SESSION);
        assertThat(claims.account()).isEqualTo(ACCOUNT);
        assertThat(claims.generation()).isEqualTo(7);
        // The corpus below stands on this one being good.
        assertThat(tokens.verified(signed(GOOD, claims()))).isPresent();
    }

    @Test
    @Asvs("9.2.1")
    void a_token_is_over_at_the_second_that_it_says() {
        String token = tokens.issue(SESSION, ACCOUNT, 0);
        clock.step(Duration.ofMinutes(15).minusMillis(701));
        assertThat(tokens.verified(token)).isPresent();
        clock.step(Duration.ofMillis(1));
        refused(token);
        clock.step(Duration.ofDays(400));
        refused(token);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"None\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"nOnE\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS384\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS512\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"hs256\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"RS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"ES256\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":null,\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"id+jwt\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\"}",
                "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS256\",\"kid\":\"\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS256\",\"kid\":\"../../../../dev/null\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS256\",\"kid\":\"' or 1=1 --\",\"typ\":\"at+jwt\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\",\"crit\":[\"b64\"],\"b64\":false}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\",\"jku\":\"https://evil.example/keys\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\",\"x5u\":\"https://evil.example/chain\"}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}}",
                "{\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\",\"x5c\":[\"AAAA\"]}",
                "{\"alg\":[\"HS256\"],\"kid\":\"KID\",\"typ\":\"at+jwt\"}",
                "[]",
                "\"HS256\"",
                "null",
                ""
            })
    @Asvs({"9.1.2", "9.1.3", "9.2.2"})
    void a_header_that_we_do_not_write_is_refused_even_when_the_signature_fits(String header) {
        refused(signed(header, claims()));
    }

    @Test
    @Asvs({"9.1.1", "9.1.2"})
    void without_a_signature_there_is_no_token() {
        for (String alg : List.of("none", "HS256")) {
            String unsigned = base64(GOOD.replace("HS256", alg)
                            .replace("KID", keys.current().id())) + "." + base64(claims()) + ".";
            refused(unsigned);
            refused(unsigned.substring(0, unsigned.length() - 1));
            refused(unsigned + "AAAA");
        }
    }

    /** The public key of another algorithm as this one's secret, and a signature of that algorithm. */
    @Test
    @Asvs("9.1.2")
    void another_algorithm_is_not_confused_with_ours() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("averment-api")
                .subject(ACCOUNT.toString())
                .claim("sid", SESSION.toString())
                .claim("gen", 0)
                .expirationTime(Date.from(clock.instant().plusSeconds(900)))
                .build();
        var type = new JOSEObjectType("at+jwt");
        var rsa = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(type)
                        .keyID(keys.current().id())
                        .jwk(new RSAKey.Builder((RSAPublicKey) pair.getPublic()).build())
                        .build(),
                claims);
        rsa.sign(new RSASSASigner(pair.getPrivate()));
        refused(rsa.serialize());
        var mac = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(type)
                        .keyID(keys.current().id())
                        .build(),
                claims);
        mac.sign(new MACSigner(pair.getPublic().getEncoded()));
        refused(mac.serialize());
    }

    @Test
    @Asvs({"9.2.1", "9.2.3", "9.2.4", "10.3.1", "10.3.3"})
    void other_claims_than_ours_are_refused_even_when_the_signature_fits() {
        String good = claims();
        for (Map.Entry<String, String> other : List.of(
                Map.entry("\"iss\":\"" + ISSUER + "\"", "\"iss\":\"https://evil.example\""),
                Map.entry("\"iss\":\"" + ISSUER + "\"", "\"iss\":\"" + ISSUER + "/\""),
                Map.entry("\"iss\":\"" + ISSUER + "\",", ""),
                Map.entry("\"aud\":\"averment-api\"", "\"aud\":\"another-api\""),
                Map.entry("\"aud\":\"averment-api\"", "\"aud\":[\"averment-api\",\"another-api\"]"),
                Map.entry("\"aud\":\"averment-api\"", "\"aud\":[]"),
                Map.entry("\"aud\":\"averment-api\",", ""),
                Map.entry("\"sub\":\"" + ACCOUNT + "\",", ""),
                Map.entry("\"sub\":\"" + ACCOUNT + "\"", "\"sub\":\"1-1-1-1-1\""),
                Map.entry(
                        "\"sub\":\"" + ACCOUNT + "\"",
                        "\"sub\":\"" + ACCOUNT.toString().toUpperCase(java.util.Locale.ROOT) + "\""),
                Map.entry("\"sid\":\"" + SESSION + "\",", ""),
                Map.entry("\"sid\":\"" + SESSION + "\"", "\"sid\":[\"" + SESSION + "\"]"),
                Map.entry("\"sid\":\"" + SESSION + "\"", "\"sid\":{\"$ne\":null}"),
                Map.entry("\"gen\":0", "\"gen\":\"0\""),
                Map.entry("\"gen\":0,", ""),
                Map.entry("\"exp\":", "\"nbf\":"),
                Map.entry("\"exp\":", "\"exp\":-"),
                Map.entry("\"exp\":", "\"exp\":\"never\",\"x\":"))) {
            String claims = good.replace(other.getKey(), other.getValue());
            assertThat(claims).isNotEqualTo(good);
            assertThat(tokens.verified(signed(GOOD, claims))).as(claims).isEmpty();
        }
    }

    @Test
    @Asvs("9.1.1")
    void an_altered_token_is_refused_whichever_byte_it_is() {
        String token = tokens.issue(SESSION, ACCOUNT, 0);
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            // Half of the alphabet away: the last letter of a part has low bits that mean nothing.
            int letter = LETTERS.indexOf(c);
            char other = letter < 0 ? 'A' : LETTERS.charAt(letter ^ 32);
            String altered = token.substring(0, i) + other + token.substring(i + 1);
            assertThat(tokens.verified(altered)).as("byte %d", i).isEmpty();
        }
    }

    @Test
    @Asvs("9.1.1")
    void the_same_claims_signed_by_another_servers_key_are_refused(@TempDir Path elsewhere) throws Exception {
        try (DataFolder other = DataFolder.open(elsewhere.resolve("data"))) {
            var foreign = new AccessTokens(
                    KeyRing.open(other, "access-tokens", Duration.ofDays(30), Duration.ofMinutes(15), clock),
                    ISSUER,
                    Duration.ofMinutes(15),
                    clock);
            refused(foreign.issue(SESSION, ACCOUNT, 0));
        }
    }

    /** Cookies and access tokens have keys of their own: what one signs is nothing to the other. */
    @Test
    @Asvs("9.2.4")
    void a_key_of_another_purpose_signs_no_token() throws Exception {
        KeyRing cookies = KeyRing.open(data, "cookies", Duration.ofDays(30), Duration.ofDays(7), clock);
        var confused = new AccessTokens(cookies, ISSUER, Duration.ofMinutes(15), clock);
        refused(confused.issue(SESSION, ACCOUNT, 0));
    }

    @Test
    void a_token_outlives_the_rotation_of_its_key_and_not_the_overlap() throws Exception {
        String token = tokens.issue(SESSION, ACCOUNT, 0);
        String header = GOOD.replace("KID", keys.current().id());
        KeyRing.Key old = keys.current();
        keys.rotate();
        assertThat(tokens.verified(token)).isPresent();
        assertThat(tokens.verified(tokens.issue(SESSION, ACCOUNT, 0))).isPresent();
        clock.step(Duration.ofMinutes(15));
        // Made today by somebody who got hold of the retired key.
        String text = base64(header) + "." + base64(claims());
        refused(text + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(old.mac(text.getBytes(StandardCharsets.US_ASCII))));
    }

    @Test
    @Asvs("16.5.3")
    void what_is_no_token_is_refused_and_breaks_nothing() {
        String good = signed(GOOD, claims());
        for (String odd : List.of(
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "Bearer " + good,
                good + ".",
                good + "." + good,
                good + "=",
                good + "\n",
                good.replace('.', ':'),
                "{}",
                "\u0000",
                "é".repeat(100),
                base64("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}") + "..AAAA.AAAA.AAAA",
                signed(GOOD, "[".repeat(900)),
                signed(GOOD, "{\"a\":".repeat(180)),
                signed("{\"a\":".repeat(180), claims()),
                signed(GOOD, "not json"),
                signed(GOOD, "null"),
                signed(GOOD, "[]"))) {
            assertThat(tokens.verified(odd)).as(odd).isEmpty();
        }
    }

    @Test
    void a_token_over_two_kilobytes_is_not_looked_at() {
        String padded = claims().replace("\"gen\"", "\"pad\":\"" + "x".repeat(1_500) + "\",\"gen\"");
        String token = signed(GOOD, padded);
        assertThat(token.length()).isGreaterThan(2_048);
        refused(token);
    }

    /** Of a claim that stands there twice another reader might take the other one. */
    @Test
    @Asvs("9.1.1")
    void a_token_that_says_something_twice_is_refused_or_means_one_thing() {
        String evil = UUID.randomUUID().toString();
        String twice = claims().replace("\"sub\":", "\"sub\":\"" + evil + "\",\"sub\":");
        refused(signed(GOOD, twice));
        refused(signed("{\"alg\":\"none\",\"alg\":\"HS256\",\"kid\":\"KID\",\"typ\":\"at+jwt\"}", claims()));
    }
}
