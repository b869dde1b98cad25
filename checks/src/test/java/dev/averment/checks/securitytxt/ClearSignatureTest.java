package dev.averment.checks.securitytxt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.checks.Altered;
import dev.averment.checks.Facts;
import dev.averment.checks.Judgement;
import dev.averment.checks.securitytxt.ClearSignature.Outcome;
import dev.averment.checks.target.TestSite;
import dev.averment.checks.target.TestSite.Response;
import dev.averment.claims.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus was signed by GnuPG; each bad file is named by its defect and has its key beside it. */
class ClearSignatureTest {
    private static final Path CORPUS = Path.of("src/test/resources/security-txt-signatures");

    private final SecurityTxtCheck type = new SecurityTxtCheck();

    static List<String> bad() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("bad-") && name.endsWith(".txt"))
                    .map(name -> name.replace(".txt", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_file_that_gnupg_signed_verifies_under_its_key() throws IOException {
        Outcome outcome = signature("good").verify(key("good"), Altered.NOW);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Good.class,
                        good -> assertThat(good.fingerprint()).matches("[0-9A-F]{40}"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_bad_signature_is_refused(String name) throws IOException {
        assertThat(signature(name).verify(key(name), Altered.NOW)).isInstanceOf(Outcome.Bad.class);
    }

    @Property(tries = 300)
    void any_key_bytes_are_refused_without_a_crash(@ForAll byte[] key) throws IOException {
        assertThat(signature("good").verify(key, Altered.NOW)).isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void a_signature_from_the_future_is_refused() throws IOException {
        assertThat(signature("good").verify(key("good"), Altered.NOW.minusSeconds(40L * 86_400)))
                .isInstanceOf(Outcome.Bad.class);
    }

    @Test
    void blanks_at_line_ends_and_line_ends_themselves_do_not_matter() throws IOException {
        String changed = text("good.txt")
                .replace("Contact: mailto:security@example.org\n", "Contact: mailto:security@example.org \t\r\n");

        assertThat(changed).contains("\r\n");
        assertThat(SecurityTxt.parse(changed.getBytes(StandardCharsets.UTF_8))
                        .signature()
                        .orElseThrow()
                        .verify(key("good"), Altered.NOW))
                .isInstanceOf(Outcome.Good.class);
    }

    @Test
    void the_check_fetches_the_key_from_the_site_and_believes_only_what_verifies() throws Exception {
        assertThat(judged("BASE", file -> file, 200).verdict()).isEqualTo(Verdict.PROVEN);

        Judgement changed = judged("BASE", file -> file.replace("security@", "attacker@"), 200);
        assertThat(changed.verdict()).isEqualTo(Verdict.FAILING);
        assertThat(changed.reason()).contains("the text was changed after it was signed");
    }

    @Test
    void a_key_that_is_not_there_or_lies_elsewhere_leaves_the_signature_unproven() throws Exception {
        assertThat(judged("BASE", file -> file, 404).verdict()).isEqualTo(Verdict.UNPROVEN);

        Judgement elsewhere = judged("https://keys.example", file -> file, 200);
        assertThat(elsewhere.verdict()).isEqualTo(Verdict.UNPROVEN);
        assertThat(elsewhere.reason()).contains("no Encryption field names a key of this site");
    }

    /** A site whose file names the key under {@code keyBase}, was signed for real and then changed by {@code change}. */
    private Judgement judged(String keyBase, UnaryOperator<String> change, int keyStatus) throws Exception {
        var file = new AtomicReference<>("");
        String key = Files.readString(CORPUS.resolve("good-key.asc"));
        try (TestSite site = TestSite.https(request -> switch (request.path()) {
            case "/.well-known/security.txt" -> Response.of(200, file.get(), "Content-Type: text/plain; charset=utf-8");
            case "/.well-known/openpgp-key.asc" -> Response.of(keyStatus, key);
            default -> Response.of(404, "");
        })) {
            String base = keyBase.replace("BASE", site.base().toString());
            file.set(change.apply(
                    signed("Contact: mailto:security@example.org\nExpires: 2027-06-30T12:00:00Z\nEncryption: " + base
                            + "/.well-known/openpgp-key.asc\n")));
            Facts facts = Altered.collect(type, TestSite.target(site.web()), Map.of());
            return type.judge().judge(facts, Map.of("signed", true), Altered.NOW);
        }
    }

    private static String signed(String text) throws Exception {
        try (var in = new ArmoredInputStream(Files.newInputStream(CORPUS.resolve("good-secret.asc")))) {
            var key = new PGPSecretKeyRing(in, new BcKeyFingerprintCalculator()).getSecretKey();
            var generator = new PGPSignatureGenerator(
                    new BcPGPContentSignerBuilder(key.getPublicKey().getAlgorithm(), HashAlgorithmTags.SHA512),
                    key.getPublicKey());
            generator.init(PGPSignature.CANONICAL_TEXT_DOCUMENT, key.extractPrivateKey(null));
            var packets = new PGPSignatureSubpacketGenerator();
            packets.setSignatureCreationTime(true, Date.from(Altered.NOW.minusSeconds(3600)));
            packets.setIssuerFingerprint(false, key.getPublicKey());
            generator.setHashedSubpackets(packets.generate());
            generator.update(text.strip().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
            var out = new ByteArrayOutputStream();
            try (ArmoredOutputStream armored = new ArmoredOutputStream(out)) {
                armored.beginClearText(HashAlgorithmTags.SHA512);
                armored.write(text.getBytes(StandardCharsets.UTF_8));
                armored.endClearText();
                generator.generate().encode(armored);
            }
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    private static ClearSignature signature(String name) throws IOException {
        return SecurityTxt.parse(Files.readAllBytes(CORPUS.resolve(name + ".txt")))
                .signature()
                .orElseThrow();
    }

    private static byte[] key(String name) throws IOException {
        return Files.readAllBytes(CORPUS.resolve(name + "-key.asc"));
    }

    private static String text(String file) throws IOException {
        return Files.readString(CORPUS.resolve(file));
    }
}
