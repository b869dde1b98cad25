package dev.averment.server.identity.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.database.DataFolder;
import dev.averment.server.fixture.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Asvs("13.3.4")
class KeyRingTest {
    private static final Duration LIFE = Duration.ofDays(30);
    private static final Duration OVERLAP = Duration.ofDays(7);

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T09:00:00Z"));
    private DataFolder data;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        data = DataFolder.open(folder.resolve("data"));
    }

    @AfterEach
    void close() throws Exception {
        data.close();
    }

    private KeyRing ring() throws IOException {
        return KeyRing.open(data, "cookies", LIFE, OVERLAP, clock);
    }

    private Path file() {
        return data.path("secrets", "keys-cookies");
    }

    @Test
    @Asvs({"11.5.1", "13.3.1"})
    void a_new_ring_makes_a_key_of_256_bits_that_only_this_user_can_read() throws Exception {
        KeyRing.Key key = ring().current();
        assertThat(key.secret()).hasSize(32);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(key.toString()).doesNotContain(java.util.HexFormat.of().formatHex(key.secret()));
    }

    @Test
    void keys_outlive_a_restart() throws Exception {
        KeyRing first = ring();
        first.rotate();
        clock.step(Duration.ofMinutes(1));
        first.rotate();
        KeyRing second = ring();
        assertThat(second.current().id()).isEqualTo(first.current().id());
        assertThat(second.current().mac(new byte[] {1}))
                .isEqualTo(first.current().mac(new byte[] {1}));
        assertThat(second.newest()).isEqualTo(first.newest());
    }

    @Test
    void what_an_old_key_signed_is_good_until_the_overlap_is_over_and_not_a_moment_longer() throws Exception {
        KeyRing ring = ring();
        String old = ring.current().id();
        clock.step(Duration.ofDays(3));
        ring.rotate();
        assertThat(ring.current().id()).isNotEqualTo(old);
        clock.step(OVERLAP.minusMillis(1));
        assertThat(ring.find(old)).isPresent();
        assertThat(ring().find(old)).isPresent();
        clock.step(Duration.ofMillis(1));
        assertThat(ring.find(old)).isEmpty();
        assertThat(ring().find(old)).isEmpty();
        assertThat(ring.find(ring.current().id())).isPresent();
        assertThat(ring.find("000000000000")).isEmpty();
    }

    /** Without a restart: a server runs for longer than a key should sign. */
    @Test
    void a_key_is_replaced_when_it_has_lived_its_life() throws Exception {
        KeyRing ring = ring();
        String first = ring.current().id();
        clock.step(LIFE.minusMillis(1));
        assertThat(ring.current().id()).isEqualTo(first);
        clock.step(Duration.ofMillis(1));
        String second = ring.current().id();
        assertThat(second).isNotEqualTo(first);
        assertThat(ring.find(first)).isPresent();
        assertThat(ring().current().id()).isEqualTo(second);
    }

    @Test
    @Asvs("15.4.1")
    void of_many_who_find_the_key_due_one_replaces_it() throws Exception {
        KeyRing ring = ring();
        clock.step(LIFE);
        var barrier = new CyclicBarrier(16);
        Set<String> ids = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(threads.submit(() -> {
                    barrier.await();
                    return ring.current().id();
                }));
            }
            for (Future<String> each : all) {
                ids.add(each.get());
            }
        }
        assertThat(ids).hasSize(1);
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    /** Two servers that share the folder of secrets. */
    @Test
    void what_one_server_signs_with_a_new_key_another_verifies_without_a_restart() throws Exception {
        KeyRing one = ring();
        KeyRing other = ring();
        clock.step(LIFE);
        KeyRing.Key made = one.current();
        assertThat(other.find(made.id()).orElseThrow().mac(new byte[] {1})).isEqualTo(made.mac(new byte[] {1}));
        assertThat(other.current().id()).as("and makes none of its own").isEqualTo(made.id());
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    @Asvs("15.4.1")
    void of_two_servers_who_find_the_key_due_one_replaces_it() throws Exception {
        List<KeyRing> servers = List.of(ring(), ring());
        for (int month = 0; month < 20; month++) {
            clock.step(LIFE);
            var barrier = new CyclicBarrier(2);
            Set<String> ids = new HashSet<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<String>> all = new ArrayList<>();
                for (KeyRing server : servers) {
                    all.add(threads.submit(() -> {
                        barrier.await();
                        return server.current().id();
                    }));
                }
                for (Future<String> each : all) {
                    ids.add(each.get());
                }
            }
            assertThat(ids).as("month %d", month).hasSize(1);
        }
    }

    @Test
    @Asvs("16.5.2")
    void a_key_that_cannot_be_written_down_is_not_used_and_the_old_one_goes_on() throws Exception {
        KeyRing ring = ring();
        String first = ring.current().id();
        clock.step(LIFE);
        // A folder in the place of the file that is written first.
        Path inTheWay = data.path("secrets", "keys-cookies.new");
        Files.createDirectories(inTheWay.resolve("x"));
        assertThat(ring.current().id()).isEqualTo(first);
        Files.delete(inTheWay.resolve("x"));
        Files.delete(inTheWay);
        String second = ring.current().id();
        assertThat(second).isNotEqualTo(first);
        assertThat(ring().current().id()).isEqualTo(second);
    }

    @Test
    void keys_whose_overlap_is_over_are_not_kept() throws Exception {
        KeyRing ring = ring();
        for (int i = 0; i < 6; i++) {
            clock.step(LIFE);
            ring.rotateWhenDue();
        }
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "{\"id\":\"0123456789ab\"}",
                "{\"id\":\"0123456789ab\",\"made\":\"2026-11-24T09:00:00Z\",\"secret\":\"c0ffee\"}",
                "{\"id\":\"0123456789ab\",\"made\":\"2026-11-24T09:00:00Z\",\"secret\":\"\"}",
                "{\"id\":\"x\",\"made\":\"2026-11-24T09:00:00Z\",\"secret\":"
                        + "\"c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ff\"}",
                "{\"id\":\"0123456789ab\",\"made\":\"yesterday\",\"secret\":"
                        + "\"c0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ffeec0ff\"}"
            })
    @Asvs({"16.2.5", "16.5.1", "16.5.3"})
    void a_damaged_file_is_named_and_its_content_is_not(String line) throws Exception {
        ring();
        Files.writeString(file(), Files.readString(file()) + line + "\n");
        assertThatThrownBy(this::ring)
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("restore the file, or delete it, which signs everybody out")
                .hasNoCause()
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("c0ffee"));
    }
}
