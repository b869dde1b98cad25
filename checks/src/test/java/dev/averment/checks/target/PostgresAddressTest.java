package dev.averment.checks.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresAddressTest {
    private static final PostgresAddress MUTUAL = PostgresAddress.parse(
                    "jdbc:postgresql://db.example/shop?channelBinding=require&currentSchema=a%20b")
            .with(Map.of("sslrootcert", "ca.pem", "sslcert", "client.pem", "sslkey", "client.key"));

    @Test
    void parameters_leave_the_url_so_that_they_can_be_overruled() {
        assertThat(MUTUAL.url()).isEqualTo("jdbc:postgresql://db.example/shop");
        assertThat(MUTUAL.properties())
                .containsEntry("currentSchema", "a b")
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslcert", "client.pem")
                .containsEntry("connectTimeout", "10");
    }

    @Test
    void a_connection_without_tls_shows_no_certificate_and_no_password_in_clear() {
        Properties plain = MUTUAL.properties(Database.Transport.PLAIN);

        assertThat(plain)
                .containsEntry("sslmode", "disable")
                .containsEntry("requireAuth", "!password")
                .doesNotContainKeys("sslrootcert", "sslcert", "sslkey", "channelBinding");
    }

    @Test
    void a_connection_without_certificate_looks_for_none_in_the_users_home() {
        assertThat(MUTUAL.properties(Database.Transport.TLS_WITHOUT_CLIENT_CERTIFICATE))
                .containsEntry("sslmode", "verify-full")
                .containsEntry("sslcert", "")
                .containsEntry("sslkey", "");
    }

    @ParameterizedTest
    @CsvSource({
        "'', require",
        "?sslmode=disable, require",
        "?sslmode=prefer, require",
        "?sslmode=verify-ca, verify-ca",
        "?ssl=true, verify-full"
    })
    void a_connection_with_tls_never_falls_back(String parameters, String mode) {
        PostgresAddress address = PostgresAddress.parse("jdbc:postgresql://db.example/shop" + parameters);

        assertThat(address.properties(Database.Transport.TLS)).containsEntry("sslmode", mode);
    }
}
