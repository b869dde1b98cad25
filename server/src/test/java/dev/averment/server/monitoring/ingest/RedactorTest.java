package dev.averment.server.monitoring.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that jobs print, and what is left of them. */
class RedactorTest {
    private static final String SECRET = "hunter2Hunter2hunter2Q";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer " + SECRET,
                "authorization: basic " + SECRET + "==",
                "curl -H 'X: bearer " + SECRET + "'",
                "password=" + SECRET,
                "PGPASSWORD=" + SECRET + " pg_dump",
                "{\"password\": \"" + SECRET + " and more\"}",
                "db_passwd: '" + SECRET + " x'",
                "AWS_SECRET_ACCESS_KEY=" + SECRET,
                "api_key = " + SECRET,
                "client-secret=>" + SECRET,
                "GITHUB_TOKEN=" + SECRET,
                "postgres://backup:" + SECRET + "@db.example/app",
                "https://" + SECRET + "@git.example/x.git",
                "avt_in_" + SECRET + "." + SECRET,
                "eyJ" + SECRET + "." + SECRET + "." + SECRET,
                "ghp_" + SECRET,
                "github_pat_" + SECRET,
                "glpat-" + SECRET,
                "xoxb-1234567890-" + SECRET,
                "https://hooks.slack.com/services/T0/B0/" + SECRET,
                "sk_live_" + SECRET,
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE" + SECRET + "\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl" + SECRET,
                SECRET + "\nAAAA==\n-----END PRIVATE KEY-----"
            })
    void a_secret_is_taken_out_and_counted(String line) {
        Redactor.Redacted redacted = Redactor.redact(line + "\nafter");
        assertThat(redacted.text()).doesNotContain("hunter2").contains("[redacted:");
        assertThat(redacted.count()).isPositive();
        if (!line.contains("OPENSSH")) {
            assertThat(redacted.text()).endsWith("after");
        }
    }

    @Test
    void a_key_of_a_cloud_is_known_by_its_form() {
        assertThat(Redactor.redact("using AKIAIOSFODNN7EXAMPLE now").text()).isEqualTo("using [redacted:aws-key] now");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Archive name: nightly-2026-11-25, 12 files, 3.4 GB",
                "https://example.org/path?x=1 is up",
                "mail to ops@example.org",
                "took 3 s; basic checks passed; token bucket full"
            })
    void what_is_no_secret_stays(String line) {
        assertThat(Redactor.redact(line)).isEqualTo(new Redactor.Redacted(line, java.util.Map.of()));
    }

    /** Wherever the cut goes through a secret, nothing of it is kept. */
    @Property(tries = 150)
    void no_part_of_a_secret_is_kept_wherever_it_stands(
            @ForAll @IntRange(max = 40_000) int before, @ForAll @IntRange(max = 40_000) int after) throws Exception {
        String secret = "ghp_" + "Zq9W".repeat(12);
        byte[] text = ("a ".repeat(before / 2) + secret + " b".repeat(after / 2)).getBytes(StandardCharsets.UTF_8);
        Output output = Output.read(new ByteArrayInputStream(text));
        assertThat(output.head() + output.tail()).doesNotContain("Zq9W");
        assertThat(output.size()).isEqualTo(text.length);
        assertThat(output.head().length() + output.tail().length()).isLessThanOrEqualTo(Output.KEPT + 50);
    }

    @Test
    void a_text_of_nothing_but_traps_is_soon_done() {
        for (String trap :
                new String[] {"password=\"", "eyJ", "a://", "bearer ", "-----BEGIN PRIVATE KEY-----", "\\\\"}) {
            String text = trap.repeat(Redactor.LONGEST / trap.length());
            assertThat(Redactor.redact(text).text()).isNotNull();
        }
    }
}
