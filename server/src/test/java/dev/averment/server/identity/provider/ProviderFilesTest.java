package dev.averment.server.identity.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.averment.server.asvs.Asvs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that name providers, and what is refused of them before the server starts. */
class ProviderFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    @TempDir
    private Path folder;

    @BeforeEach
    void secret() throws IOException {
        Files.writeString(folder.resolve("one.secret"), "s3cret\n");
        Files.writeString(folder.resolve("empty.secret"), "\n");
    }

    private List<Provider> read() throws IOException {
        return ProviderFiles.read(folder, NOW);
    }

    private void file(String name, String... lines) throws IOException {
        Files.write(folder.resolve(name), List.of(lines));
    }

    @Test
    void a_server_without_the_folder_has_no_providers() throws Exception {
        assertThat(ProviderFiles.read(folder.resolve("none"), NOW)).isEmpty();
    }

    @Test
    void google_needs_a_client_and_a_secret() throws Exception {
        file("google.properties", "kind=google", "clientId=abc", "clientSecretFile=one.secret");
        assertThat(read()).singleElement().satisfies(google -> {
            assertThat(google.issuer()).isEqualTo(URI.create("https://accounts.google.com"));
            assertThat(google.name()).isEqualTo("Google");
            assertThat(google.algorithms()).containsExactly(JWSAlgorithm.RS256);
            assertThat(google.secret().at(NOW)).isEqualTo("s3cret");
        });
        Files.writeString(folder.resolve("one.secret"), "rotated\n");
        file(
                "two.properties",
                "kind=generic",
                "issuer=https://id.example",
                "clientId=a",
                "clientSecretFile=one.secret");
        assertThat(read().getFirst().secret().at(NOW))
                .as("a new secret counts at once")
                .isEqualTo("rotated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind=facebook;clientId=a;clientSecretFile=one.secret",
                "kind=google;clientSecretFile=one.secret",
                "kind=google;clientId=a",
                "kind=google;clientId=a;clientSecretFile=missing.secret",
                "kind=google;clientId=a;clientSecretFile=empty.secret",
                "kind=google;clientId=a;clientSecretFile=one.secret;clientSecret=here",
                "kind=generic;clientId=a;clientSecretFile=one.secret",
                "kind=generic;issuer=http://id.example;clientId=a;clientSecretFile=one.secret",
                "kind=generic;issuer=https://id.example?x=1;clientId=a;clientSecretFile=one.secret",
                "kind=generic;issuer=https://id.example;clientId=a;clientSecretFile=one.secret;hostedDomain=a.example",
                "kind=generic;issuer=https://id.example;clientId=a;clientSecretFile=one.secret;trustFile=none.crt",
                "kind=apple;clientId=a;teamId=T;keyId=K;privateKeyFile=one.secret",
            })
    void a_file_that_can_not_be_used_stops_the_start_and_is_named(String lines) throws Exception {
        file("some.properties", lines.split(";"));
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("some.properties")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    @Asvs("9.1.2")
    void no_algorithm_is_taken_that_tells_nobody_who_signed() throws Exception {
        for (String algorithm : List.of("HS256", "none", "RS256 HS512", "ES256K", "")) {
            file(
                    "some.properties",
                    "kind=generic",
                    "issuer=https://id.example",
                    "clientId=a",
                    "clientSecretFile=one.secret",
                    "algorithms=" + algorithm);
            assertThatThrownBy(this::read).as(algorithm).hasMessageContaining("algorithms");
        }
    }

    @Test
    void two_files_of_one_issuer_would_make_two_of_one_person() throws Exception {
        for (String name : List.of("a.properties", "b.properties")) {
            file(name, "kind=google", "clientId=a", "clientSecretFile=one.secret");
        }
        assertThatThrownBy(this::read).hasMessageContaining("a person would be two");
        file("B_C.properties", "kind=google", "clientId=a", "clientSecretFile=one.secret");
        assertThatThrownBy(this::read).hasMessageContaining("B_C.properties");
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, true",
        "2001:4860:4860::8888, true",
        "127.0.0.1, false",
        "10.1.2.3, false",
        "172.16.0.1, false",
        "192.168.1.1, false",
        "169.254.169.254, false",
        "100.64.0.1, false",
        "0.0.0.0, false",
        "198.18.0.1, false",
        "255.255.255.255, false",
        "224.0.0.1, false",
        "::1, false",
        "::, false",
        "::ffff:127.0.0.1, false",
        "fe80::1, false",
        "fd00::1, false",
        "64:ff9b::7f00:1, false",
        "2002:7f00:1::, false",
    })
    void without_authorities_of_its_own_a_provider_is_at_a_public_address(String address, boolean isPublic) {
        assertThat(ProviderHttp.isPublic(InetAddress.ofLiteral(address))).isEqualTo(isPublic);
    }

    @Test
    void a_provider_inside_of_the_network_is_not_asked_without_trust() throws Exception {
        file(
                "inside.properties",
                "kind=generic",
                "issuer=https://127.0.0.1:9",
                "clientId=a",
                "clientSecretFile=one.secret");
        try (var providers = new Providers(read(), URI.create("https://averment.test"), InstantSource.fixed(NOW))) {
            var inside = providers.find("inside").orElseThrow();
            assertThatThrownBy(() -> providers.authorization(inside, Flow.Purpose.SIGN_IN, FlowSecrets.make()))
                    .isInstanceOf(ProviderException.class)
                    .hasMessageContaining("needs trustFile");
        }
    }

    @Test
    @Asvs("11.1.2")
    void the_document_on_cryptography_lists_what_id_tokens_may_be_signed_with() throws Exception {
        String line = Files.readString(Path.of("..", "docs", "cryptography.md"))
                .lines()
                .filter(l -> l.startsWith("- ID tokens:"))
                .findFirst()
                .orElseThrow();
        assertThat(ProviderFiles.ASYMMETRIC)
                .extracting(a -> a.getName())
                .containsExactlyInAnyOrder(
                        line.substring(line.indexOf('`')).replace("`", "").split(" "));
    }
}
