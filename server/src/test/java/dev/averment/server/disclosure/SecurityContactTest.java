package dev.averment.server.disclosure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.averment.checks.target.Registers.Entry;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityContactTest {
    private static final Instant NOW = Instant.now().minusSeconds(60);
    private static final List<URI> BASES =
            List.of(URI.create("https://security.example.org"), URI.create("https://localhost:8443"));
    private static final Optional<URI> POLICY =
            Optional.of(URI.create("https://security.example.org/pages/self/documents/disclosure"));

    @Test
    void the_file_has_every_field_that_the_register_and_the_server_know() throws DisclosureException {
        String text = ContactFile.text(
                entry(LocalDate.parse("2027-05-01"), "mailto:security@example.org /report", "en, de"), BASES, POLICY);

        assertThat(text).isEqualTo("""
                Contact: mailto:security@example.org
                Contact: https://security.example.org/report
                Expires: 2027-05-01T23:59:59Z
                Encryption: https://security.example.org/.well-known/openpgp-key.asc
                Canonical: https://security.example.org/.well-known/security.txt
                Canonical: https://localhost:8443/.well-known/security.txt
                Policy: https://security.example.org/pages/self/documents/disclosure
                Preferred-Languages: en, de
                """);
    }

    @Test
    void an_entry_that_is_over_is_served_as_over() throws DisclosureException {
        assertThat(ContactFile.text(entry(LocalDate.parse("2020-01-01"), "mailto:a@example.org", ""), BASES, POLICY))
                .contains("Expires: 2020-01-01T23:59:59Z\n")
                .doesNotContain("Preferred-Languages");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "security@example.org",
                "http://example.org/report",
                "//elsewhere.example/report",
                "mailto:a@example.org\u0000",
                "https://exa mple.org",
            })
    void a_contact_that_the_standard_forbids_is_refused(String contact) {
        assertThatThrownBy(() ->
                        ContactFile.text(entry(LocalDate.parse("2027-05-01"), contact, ""), BASES, Optional.empty()))
                .isInstanceOf(DisclosureException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en\nContact: mailto:attacker@example.org", "english language", "en,,de"})
    void languages_cannot_smuggle_a_line_in(String languages) {
        assertThatThrownBy(() -> ContactFile.text(
                        entry(LocalDate.parse("2027-05-01"), "mailto:a@example.org", languages),
                        BASES,
                        Optional.empty()))
                .isInstanceOf(DisclosureException.class);
    }

    @Test
    void an_entry_without_a_last_day_is_refused() {
        assertThatThrownBy(() -> ContactFile.text(entry(null, "mailto:a@example.org", ""), BASES, POLICY))
                .isInstanceOf(DisclosureException.class)
                .hasMessageContaining("does not expire");
    }

    @Test
    void gnupg_verifies_the_signature_and_refuses_a_changed_file(@TempDir Path folder) throws Exception {
        assumeTrue(gpg(folder, "--version").exit() == 0, "GnuPG is missing: install gnupg");
        SigningKey key = SigningKey.parse(SigningKey.generate(NOW));
        String text = ContactFile.text(
                entry(LocalDate.parse("2027-05-01"), "mailto:security@example.org", "en"), BASES, POLICY);
        byte[] signed = key.clearSigned(text + "- a dash at the line's start\nblanks at its end  \n", NOW);
        Path file = Files.write(folder.resolve("security.txt"), signed);
        Path changed = Files.writeString(
                folder.resolve("changed.txt"), new String(signed, UTF_8).replace("security@", "attacker@"));

        assertThat(gpg(
                                folder,
                                "--import",
                                Files.write(folder.resolve("key.asc"), key.publicKey())
                                        .toString())
                        .exit())
                .isZero();
        assertThat(gpg(folder, "--verify", file.toString()).output()).contains("Good signature");
        assertThat(gpg(folder, "--verify", changed.toString()).output()).contains("BAD signature");
    }

    @Test
    void a_report_encrypted_by_gnupg_to_the_published_key_opens_with_the_kept_one(@TempDir Path folder)
            throws Exception {
        assumeTrue(gpg(folder, "--version").exit() == 0, "GnuPG is missing: install gnupg");
        String secret = SigningKey.generate(NOW);
        Path published =
                Files.write(folder.resolve("key.asc"), SigningKey.parse(secret).publicKey());
        Path report = Files.writeString(folder.resolve("report"), "the hole is here");
        gpg(folder, "--import", published.toString());
        assertThat(gpg(folder, "--trust-model", "always", "-r", "Security contact", "-e", report.toString())
                        .exit())
                .isZero();

        assertThat(gpg(folder, "-d", report + ".gpg").exit()).isNotZero();
        gpg(
                folder,
                "--import",
                Files.writeString(folder.resolve("secret.asc"), secret).toString());
        assertThat(gpg(folder, "-d", report + ".gpg").output()).contains("the hole is here");
    }

    private static Entry entry(LocalDate expires, String contact, String languages) {
        return new Entry(
                "contact",
                "Contact",
                "security",
                LocalDate.parse("2026-11-01"),
                expires,
                "done",
                Map.of("contact", contact, "languages", languages));
    }

    private record Ran(int exit, String output) {}

    private static Ran gpg(Path folder, String... arguments) throws Exception {
        Path home = folder.resolve("gnupg");
        if (!Files.exists(home)) {
            Files.createDirectory(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var command = new java.util.ArrayList<>(List.of(
                "gpg",
                "--batch",
                "--no-autostart",
                "--homedir",
                home.toString(),
                "--pinentry-mode",
                "loopback",
                "--passphrase",
                ""));
        if (!arguments[0].equals("--version")) {
            // Secret keys need the agent, which gpg starts for this home alone.
            command.remove("--no-autostart");
        }
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Ran(process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1, output);
        } catch (java.io.IOException e) {
            return new Ran(-1, "no gpg");
        }
    }
}
