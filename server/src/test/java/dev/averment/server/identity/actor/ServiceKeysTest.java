package dev.averment.server.identity.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.TestClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of services as mounted files: who may read them, how they are replaced, and what is not taken for one. */
@Asvs({"13.1.4", "13.3.2", "13.3.4"})
class ServiceKeysTest {
    private static final ServicePair PAIR = new ServicePair("console", "ingest");

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T09:00:00Z"));
    private ServiceKeys keys;

    @BeforeEach
    void open(@TempDir Path folder) {
        keys = new ServiceKeys(folder.resolve("services"), clock);
    }

    @Test
    void a_file_is_its_owner_s_alone() throws Exception {
        keys.add(PAIR, clock.instant());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.file(PAIR))))
                .isEqualTo("rw-------");
        Files.setPosixFilePermissions(keys.file(PAIR), PosixFilePermissions.fromString("r--r-----"));
        assertThat(keys.signing(PAIR)).as("mounted for a group").isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw----r--", "rw-----w-", "rw------x", "rw--w----", "rw-rw-rw-"})
    void a_file_that_others_may_read_or_write_is_no_secret_and_is_refused(String permissions) throws Exception {
        ServiceKeys.Key key = keys.add(PAIR, clock.instant());
        Files.setPosixFilePermissions(keys.file(PAIR), PosixFilePermissions.fromString(permissions));
        assertThatThrownBy(() -> keys.signing(PAIR))
                .isInstanceOf(ServiceKeyException.class)
                .hasMessageContaining("chmod 600")
                .hasMessageNotContaining(HexFormat.of().formatHex(key.secret()));
        assertThatThrownBy(() -> keys.verifying(PAIR, key.id())).isInstanceOf(ServiceKeyException.class);
    }

    @Test
    void a_key_is_replaced_after_thirty_days_and_not_before() throws Exception {
        assertThat(keys.addWhenDue(PAIR)).isTrue();
        clock.step(Duration.ofDays(30).minusSeconds(1));
        assertThat(keys.addWhenDue(PAIR)).isFalse();
        clock.step(Duration.ofSeconds(1));
        assertThat(keys.addWhenDue(PAIR)).isTrue();
        assertThat(keys.read(PAIR)).hasSize(2);
        clock.step(ServiceKeys.LIFE);
        assertThat(keys.addWhenDue(PAIR)).isTrue();
        assertThat(keys.read(PAIR)).as("the first is over").hasSize(2);
    }

    @Test
    void a_key_that_was_taken_out_of_the_file_is_refused_at_once() throws Exception {
        ServiceKeys.Key first = keys.add(PAIR, clock.instant());
        keys.add(PAIR, clock.instant().plusSeconds(1));
        assertThat(keys.verifying(PAIR, first.id())).isPresent();
        Files.write(keys.file(PAIR), Files.readAllLines(keys.file(PAIR)).subList(1, 2));
        assertThat(keys.verifying(PAIR, first.id())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a key",
                "{}",
                "{\"from\":\"2026-11-24T09:00:00Z\",\"id\":\"0a1b2c3d4e5f\",\"secret\":\"00\"}",
                "{\"from\":\"now\",\"id\":\"0a1b2c3d4e5f\",\"secret\":\"SECRET\"}",
                "{\"from\":\"2026-11-24T09:00:00Z\",\"id\":\"first\",\"secret\":\"SECRET\"}",
                "{\"from\":\"2026-11-24T09:00:00Z\",\"id\":\"0a1b2c3d4e5f\",\"secret\":\"SECRET\",\"alg\":\"none\"}"
            })
    void a_line_that_is_no_key_is_refused_without_being_repeated(String line) throws Exception {
        keys.add(PAIR, clock.instant());
        String secret = "5e".repeat(32);
        Files.writeString(keys.file(PAIR), line.replace("SECRET", secret) + "\n");
        assertThatThrownBy(() -> keys.signing(PAIR))
                .isInstanceOf(ServiceKeyException.class)
                .hasMessageContaining("docs/identity.md")
                .hasMessageNotContaining(secret);
    }

    @Test
    void a_pair_without_keys_is_told_where_they_belong() {
        assertThatThrownBy(() -> keys.signing(PAIR)).hasMessageContaining("console.ingest.keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Console", "a.b", "../x", "a b", "1a", "-a"})
    void a_name_that_could_be_a_path_is_none(String name) {
        assertThatThrownBy(() -> new ServicePair(name, "ingest")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ServicePair("ingest", name)).isInstanceOf(IllegalArgumentException.class);
    }
}
