package dev.averment.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.averment.checks.CheckType;
import dev.averment.claims.Page;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.AvermentApplication;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.database.DataFolder;
import dev.averment.server.database.LocalAuthority;
import dev.averment.server.identity.session.KeyRing;
import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The cryptography that the product uses, found in its byte code, and docs/cryptography.md, which lists it: what is used and not
 * listed fails here, and so does what is listed and not used.
 */
class CryptographyTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "cryptography.md");

    private static final Set<String> SERVICES = Set.of(
            "java/security/MessageDigest",
            "java/security/Signature",
            "java/security/KeyFactory",
            "java/security/KeyPairGenerator",
            "java/security/SecureRandom",
            "javax/crypto/Cipher",
            "javax/crypto/Mac",
            "javax/crypto/SecretKeyFactory",
            "javax/crypto/KeyAgreement",
            "javax/crypto/KeyGenerator",
            "javax/net/ssl/SSLContext");

    /** What of BouncyCastle is an algorithm or makes one by name. */
    private static final Pattern ENGINE =
            Pattern.compile("org/bouncycastle/crypto/(generators|digests|engines|signers|modes)/.*");

    private static List<ClassModel> product;

    @BeforeAll
    static void read() {
        product = ByteCode.besides(AvermentApplication.class, Leaf.class, CheckType.class, Page.class);
        assertThat(product).hasSizeGreaterThan(500);
    }

    /** {@code Cipher AES/GCM/NoPadding}, {@code BouncyCastle SCrypt}; {@code Signature by StatementKey} where the name is worked out. */
    private static Set<String> used() {
        Set<String> found = new TreeSet<>();
        for (ClassModel type : product) {
            type.constantPool().forEach(entry -> {
                if (entry instanceof ClassEntry named
                        && ENGINE.matcher(named.asInternalName()).matches()) {
                    String name = named.asInternalName();
                    found.add("BouncyCastle "
                            + name.substring(name.lastIndexOf('/') + 1).replaceAll("\\$.*", ""));
                }
            });
            type.methods()
                    .forEach(method -> method.code().ifPresent(code -> {
                        String last = null;
                        for (var element : code) {
                            if (element instanceof ConstantInstruction constant
                                    && constant.constantValue() instanceof String text) {
                                last = text;
                            } else if (element instanceof InvokeInstruction call) {
                                String owner = call.owner().asInternalName();
                                if (SERVICES.contains(owner)
                                        && call.name().stringValue().equals("getInstance")) {
                                    String service = owner.substring(owner.lastIndexOf('/') + 1);
                                    found.add(
                                            service + " " + (last == null ? "by " + ByteCode.simpleName(type) : last));
                                }
                                last = null;
                            } else if (element instanceof Instruction) {
                                last = null;
                            }
                        }
                    }));
        }
        return found;
    }

    private static String document() throws IOException {
        return Files.readString(DOCUMENT);
    }

    private static List<List<String>> table(String title) throws IOException {
        String text = document();
        int start = text.indexOf("\n## " + title + "\n");
        assertThat(start).as("section " + title).isPositive();
        int end = text.indexOf("\n## ", start + 4);
        return text.substring(start, end < 0 ? text.length() : end)
                .lines()
                .filter(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(cell -> cell.strip().replace("`", ""))
                        .toList())
                .toList();
    }

    @Test
    @Asvs({"11.1.2", "11.1.3"})
    void what_is_used_is_listed_and_what_is_listed_is_used() throws IOException {
        Set<String> listed = new TreeSet<>();
        table("What is used").forEach(cells -> listed.add(cells.getFirst()));
        assertThat(listed).isEqualTo(used());
    }

    @Test
    @Asvs({"11.3.1", "11.3.2"})
    void there_is_one_cipher_and_it_authenticates() {
        assertThat(used().stream().filter(each -> each.startsWith("Cipher ")))
                .containsExactly("Cipher AES/GCM/NoPadding");
        assertThat(used()).noneMatch(each -> each.matches(".*(DES|RC4|Blowfish|ECB|CBC|PKCS1Padding).*"));
    }

    /** SHA-1 lives on in TOTP alone, as RFC 6238 has it and every app does it: there it is keyed, and no collision helps. */
    @Test
    @Asvs("11.4.1")
    void digests_are_of_the_sha_2_family() {
        assertThat(used().stream().filter(each -> each.matches("(MessageDigest|Mac|SecretKeyFactory) .*")))
                .allMatch(each -> each.matches(".*(SHA-256|SHA-512|HmacSHA256|HmacSHA1)"))
                .noneMatch(each -> each.contains("MD5"));
        assertThat(product.stream()
                        .filter(model -> strings(model).contains("HmacSHA1"))
                        .map(ByteCode::simpleName)
                        .distinct())
                .containsExactlyInAnyOrder("Totp", "OneTimeCodes");
    }

    private static Set<String> strings(ClassModel model) {
        Set<String> all = new HashSet<>();
        model.constantPool().forEach(entry -> {
            if (entry instanceof java.lang.classfile.constantpool.StringEntry text) {
                all.add(text.stringValue());
            }
        });
        return all;
    }

    @Test
    @Asvs({"11.2.3", "11.6.1"})
    void everything_has_a_strength_of_128_bits_or_more(@TempDir Path folder) throws Exception {
        for (List<String> cells : table("What is used")) {
            if (!cells.get(2).equals("–")) {
                assertThat(Integer.parseInt(cells.get(2))).as(cells.getFirst()).isGreaterThanOrEqualTo(128);
            }
        }
        assertThat(used().stream().filter(each -> each.matches("(KeyPairGenerator|Signature|KeyFactory) .*")))
                .allMatch(
                        each -> each.matches(
                                ".* (Ed25519|EC|RSA|SHA256withECDSA|SHA256withECDSAinP1363Format|SHA256withRSA|by StatementKey)"));
        LocalAuthority authority = LocalAuthority.open(Files.createDirectories(folder.resolve("tls")), Instant.now());
        authority.ensure("web", "localhost", List.of("localhost"));
        var key = (java.security.interfaces.ECPublicKey)
                LocalAuthority.readCertificate(folder.resolve("tls").resolve("web.crt"))
                        .getPublicKey();
        assertThat(key.getParams().getOrder().bitLength()).isGreaterThanOrEqualTo(256);
    }

    /** Whoever can measure how long a comparison takes learns nothing of the secret. */
    @Test
    @Asvs("11.2.4")
    void secrets_are_compared_in_constant_time() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.averment.server.identity..", "dev.averment.server.edge..", "dev.averment.server.tenancy..")
                .should()
                .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
                .orShould()
                .callMethod(Arrays.class, "equals", char[].class, char[].class)
                .check(new ClassFileImporter()
                        .importUrl(AvermentApplication.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()));
        assertThat(product.stream()
                        .filter(model -> calls(model, "java/security/MessageDigest", "isEqual"))
                        .map(ByteCode::simpleName)
                        .distinct())
                .contains(
                        "OperatorTokenFilter",
                        "SessionSecret",
                        "RefreshToken",
                        "Sessions",
                        "ApiTokens",
                        "StoredHash",
                        "Totp");
    }

    private static boolean calls(ClassModel model, String owner, String name) {
        return model.methods().stream()
                .flatMap(method -> method.code().stream())
                .flatMap(code -> code.elementStream())
                .anyMatch(element -> element instanceof InvokeInstruction call
                        && call.owner().asInternalName().equals(owner)
                        && call.name().stringValue().equals(name));
    }

    /** What a quantum computer breaks is known by name, with what takes its place. */
    @Test
    @Asvs("11.1.4")
    void the_plan_for_after_quantum_computers_names_everything_that_falls() throws IOException {
        Set<String> planned = new TreeSet<>();
        table("After quantum computers").forEach(cells -> {
            planned.add(cells.getFirst());
            assertThat(cells.get(2)).as(cells.getFirst()).isNotBlank();
        });
        Set<String> falling = new TreeSet<>(used().stream()
                .filter(each -> each.matches("(KeyPairGenerator|Signature|KeyFactory|KeyAgreement|SSLContext) .*"))
                .toList());
        assertThat(planned).isEqualTo(falling);
    }

    /** Every secret that a server makes stands in the table of keys, with its life. */
    @Test
    @Asvs("11.1.1")
    void every_key_is_listed_with_its_life(@TempDir Path folder) throws Exception {
        List<List<String>> keys = table("Keys and their lives");
        List<String> names = keys.stream().map(List::getFirst).toList();
        List<String> unlisted = new ArrayList<>();
        try (DataFolder data = DataFolder.open(folder.resolve("data"))) {
            dev.averment.server.evidence.LogKey.open(data);
            KeyRing.open(data, "cookies", KeyRing.LIFE, Duration.ofDays(7), Instant::now);
            KeyRing.open(data, "access-tokens", KeyRing.LIFE, Duration.ofMinutes(15), Instant::now);
        }
        for (ClassModel model : product) {
            for (var method : model.methods()) {
                method.code().ifPresent(code -> {
                    String last = null;
                    for (var element : code) {
                        if (element instanceof ConstantInstruction constant
                                && constant.constantValue() instanceof String text) {
                            last = text;
                        } else if (element instanceof InvokeInstruction call) {
                            if (last != null
                                    && call.owner().asInternalName().endsWith("/DataFolder")
                                    && call.name().stringValue().equals("secret")
                                    && call.type().stringValue().equals("(Ljava/lang/String;)Ljava/lang/String;")
                                    && !names.contains(last)) {
                                unlisted.add(last);
                            }
                            last = null;
                        }
                    }
                });
            }
        }
        assertThat(unlisted).isEmpty();
        try (var files = Files.list(folder.resolve("data").resolve("secrets"))) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(f -> !f.endsWith(".lock")))
                    .allMatch(names::contains);
        }
        assertThat(keys)
                .allSatisfy(
                        cells -> assertThat(cells.get(2)).as(cells.getFirst()).isNotBlank());
        String ring = KeyRing.LIFE.toDays() + "d";
        assertThat(keys.stream()
                        .filter(cells -> cells.getFirst().startsWith("keys-"))
                        .map(cells -> cells.get(2)))
                .hasSize(2)
                .allMatch(life -> life.startsWith(ring));
    }

    /** Under load too: nothing repeats, and nobody waits for ever for randomness. */
    @Test
    @Asvs({"6.5.3", "11.5.2"})
    void the_random_source_holds_under_load() throws Exception {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.averment.server.identity..",
                        "dev.averment.server.evidence..",
                        "dev.averment.server.database..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(java.util.Random.class.getName())
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(SecureRandom.class, "setSeed", byte[].class)
                .orShould()
                .callMethod(SecureRandom.class, "setSeed", long.class)
                .check(new ClassFileImporter()
                        .importUrl(AvermentApplication.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()));
        var random = new SecureRandom();
        Set<String> seen = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> all = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                all.add(threads.submit(() -> {
                    List<String> mine = new ArrayList<>();
                    for (int j = 0; j < 1_000; j++) {
                        byte[] bytes = new byte[16];
                        random.nextBytes(bytes);
                        mine.add(HexFormat.of().formatHex(bytes));
                    }
                    return mine;
                }));
            }
            for (Future<List<String>> each : all) {
                seen.addAll(each.get());
            }
        }
        assertThat(seen).hasSize(64_000);
    }
}
