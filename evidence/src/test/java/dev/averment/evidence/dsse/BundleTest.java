package dev.averment.evidence.dsse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.merkle.Hash;
import dev.averment.evidence.note.Ed25519;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleTest {

    private static final KeyPair P256 = StatementSigner.generateKeys();

    private static Statement statement() {
        TreeMap<String, Hash> subjects = new TreeMap<>();
        subjects.put("a.txt", Hash.sha256("a".getBytes(UTF_8)));
        subjects.put("b.txt", Hash.sha256("b".getBytes(UTF_8)));
        return new Statement(subjects, "https://example.com/p/v1", JsonObject.of("x", 1));
    }

    /** The example of the DSSE protocol, with our payload type in place of its own. */
    @Test
    void the_pre_authentication_encoding_is_that_of_DSSE() {
        assertThat(new String(Bundle.pae("hello world".getBytes(UTF_8)), UTF_8))
                .isEqualTo("DSSEv1 28 application/vnd.in-toto+json 11 hello world");
    }

    @Test
    void a_statement_signed_with_either_kind_of_key_opens() throws DsseException {
        for (KeyPair keys : List.of(P256, Ed25519.generate())) {
            StatementSigner signer = new StatementSigner(keys);
            byte[] bundle = Bundle.sign(statement(), signer);
            assertThat(Bundle.parse(bundle).open(signer.publicKey())).isEqualTo(statement());
            assertThat(StatementKey.fromPem(signer.publicKey().pem())).isEqualTo(signer.publicKey());
            assertThat(StatementKey.fromSpki(signer.publicKey().spki())).isEqualTo(signer.publicKey());
        }
    }

    @Test
    void another_key_is_refused_even_under_the_same_hint() throws DsseException {
        StatementSigner signer = new StatementSigner(P256);
        StatementSigner other = new StatementSigner(StatementSigner.generateKeys());
        Bundle bundle = Bundle.parse(Bundle.sign(statement(), signer));
        assertThatThrownBy(() -> bundle.open(other.publicKey())).hasMessageContaining("not with");
        Bundle relabelled = new Bundle(other.publicKey().hint(), bundle.payload(), bundle.signature());
        assertThatThrownBy(() -> relabelled.open(other.publicKey())).hasMessageContaining("does not belong");
    }

    @Test
    void every_flipped_bit_is_refused() throws DsseException {
        StatementSigner signer = new StatementSigner(P256);
        byte[] good = Bundle.sign(statement(), signer);
        for (int i = 0; i < good.length * 8; i++) {
            byte[] altered = good.clone();
            altered[i / 8] ^= (byte) (1 << (i % 8));
            assertThatThrownBy(() -> Bundle.parse(altered).open(signer.publicKey()))
                    .as("bit %d", i)
                    .isInstanceOf(DsseException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bundle.v0.3+json|bundle.v0.2+json|of type",
                "vnd.in-toto+json|vnd.other+json|payload is of type",
                "\"signatures\":[|\"signatures\":[{\"sig\":\"AAAA\"},|2 signatures",
                "{\"dsseEnvelope\"|{ \"dsseEnvelope\"|canonical form",
                "\"verificationMaterial\":{|\"verificationMaterial\":{\"a\":1,|canonical form",
                "{\"dsseEnvelope\"|{\"aaa\":1,\"dsseEnvelope\"|unknown member",
                "\"payload\":\"|\"payload\":\"!|not a Sigstore bundle"
            })
    void looser_shapes_are_refused(String what, String with, String reason) throws DsseException {
        String good = new String(Bundle.sign(statement(), new StatementSigner(P256)), UTF_8);
        assertThat(good).contains(what);
        byte[] altered = good.replace(what, with).getBytes(UTF_8);
        assertThatThrownBy(() -> Bundle.parse(altered))
                .isInstanceOf(DsseException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "in-toto.io/Statement/v1|in-toto.io/Statement/v0.1|of type",
                "\"sha256\":\"c|\"sha256\":\"C|lower-case hex",
                "\"sha256\"|\"sha512\"|unknown member",
                "\"b.txt\"|\"a.txt\"|twice",
                "\"predicate\":{\"x\":1}|\"predicate\":[]|must be an object",
                "\"predicate\":{\"x\":1},|''|\"predicate\" is missing"
            })
    void malformed_statements_are_refused(String what, String with, String reason) {
        String good = statement().json().toJson();
        assertThat(good).contains(what);
        byte[] altered = good.replace(what, with).getBytes(UTF_8);
        assertThatThrownBy(() -> Statement.parse(altered))
                .isInstanceOf(DsseException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void a_statement_about_nothing_is_refused() {
        assertThatThrownBy(() -> new Statement(new TreeMap<>(), "x", JsonObject.of()))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] empty = statement().json().with("subject", List.of()).canonical();
        assertThatThrownBy(() -> Statement.parse(empty)).hasMessageContaining("no subjects");
    }

    @Test
    void keys_on_other_curves_and_of_other_kinds_are_refused() throws Exception {
        KeyPairGenerator p384 = KeyPairGenerator.getInstance("EC");
        p384.initialize(new ECGenParameterSpec("secp384r1"));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(2048);
        for (KeyPairGenerator generator : List.of(p384, rsa)) {
            byte[] spki = generator.generateKeyPair().getPublic().getEncoded();
            assertThatThrownBy(() -> StatementKey.fromSpki(spki)).isInstanceOf(DsseException.class);
        }
        assertThatThrownBy(() -> StatementKey.fromSpki(new byte[] {1})).isInstanceOf(DsseException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"
            })
    void malformed_PEM_is_refused(String pem) {
        assertThatThrownBy(() -> StatementKey.fromPem(pem)).isInstanceOf(DsseException.class);
    }

    @Test
    void PEM_in_other_line_lengths_is_refused() throws DsseException {
        StatementKey key = StatementKey.of(P256.getPublic());
        String oneLine = "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(key.spki())
                + "\n-----END PUBLIC KEY-----\n";
        assertThatThrownBy(() -> StatementKey.fromPem(oneLine)).isInstanceOf(DsseException.class);
    }
}
