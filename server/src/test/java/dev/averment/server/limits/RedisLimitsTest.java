package dev.averment.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.RedisServer;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.limits.Limits.Decision;
import io.lettuce.core.RedisException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisLimitsTest extends LimitsContract {
    @TempDir
    static Path folder;

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static RedisServer redis;
    private final List<RedisLimits> open = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        redis = RedisServer.start(folder);
    }

    @AfterAll
    static void stop() throws IOException {
        if (redis != null) {
            redis.close();
        }
    }

    @AfterEach
    void let_go() {
        open.forEach(RedisLimits::close);
    }

    /** On one connection a test: the contract makes hundreds of limits, and each knows nothing of the others. */
    @Override
    protected Limits limits() {
        RedisLimits connected = open.isEmpty() ? limits(new byte[] {0}) : open.getFirst();
        String own = Integer.toString(NUMBER.incrementAndGet()) + ' ';
        return (limit, key) -> connected.take(limit, own + key);
    }

    private RedisLimits limits(byte[] key) {
        return limits(key, address());
    }

    private RedisLimits limits(byte[] key, RedisAddress address) {
        var made = new RedisLimits(address, key, clock, PATIENCE);
        open.add(made);
        return made;
    }

    private static RedisAddress address() {
        try {
            return RedisAddress.read(redis.file());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Duration granularity(Limit limit) {
        return limit.window().dividedBy(LocalLimits.PARTS);
    }

    @Test
    void two_servers_count_together() {
        byte[] key = {1, 2, 3};
        var limit = new Limit("together", 5, Duration.ofMinutes(10));
        List<RedisLimits> servers = List.of(limits(key), limits(key));
        for (int i = 0; i < 5; i++) {
            assertThat(servers.get(i % 2).take(limit, "a")).isInstanceOf(Decision.Allowed.class);
        }
        for (RedisLimits server : servers) {
            assertThat(server.take(limit, "a")).isInstanceOf(Decision.Refused.class);
        }
    }

    /** Claim R17: nothing stays for longer than a day, and nothing stays for ever. */
    @Test
    void every_key_has_an_end_within_a_day() throws IOException {
        Limits limits = limits();
        redis.ask("FLUSHALL");
        for (Duration window : List.of(Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofDays(1))) {
            var limit = new Limit("ends", 2, window);
            for (int i = 0; i < 4; i++) {
                limits.take(limit, "somebody");
                clock.step(window.dividedBy(3));
            }
        }
        List<String> keys = redis.ask("KEYS", "*").lines().toList();
        assertThat(keys).hasSize(3);
        for (String each : keys) {
            assertThat(Long.parseLong(redis.ask("PTTL", each))).isBetween(1L, RedisLimits.LONGEST.toMillis());
        }
    }

    /** A list of addresses and a fast machine would undo a bare digest, so the names are made under a key. */
    @Test
    @Asvs("14.2.6")
    void nothing_in_it_says_whom_it_is_about() throws IOException {
        redis.ask("FLUSHALL");
        var limit = new Limit("sign-in-account", 2, Duration.ofMinutes(10));
        limits(new byte[] {1}).take(limit, "pat@example.org");
        limits(new byte[] {2}).take(limit, "pat@example.org");
        List<String> keys = redis.ask("KEYS", "*").lines().toList();
        assertThat(keys).hasSize(2).allMatch(name -> name.matches("averment:limit:[0-9a-f]{32}"));
        for (String each : keys) {
            assertThat(redis.ask("HGETALL", each).lines()).allMatch(line -> line.matches("\\d+"));
        }
    }

    @Test
    void a_redis_that_lost_its_scripts_is_given_them_again() throws IOException {
        Limits limits = limits();
        var limit = new Limit("l", 1, Duration.ofMinutes(10));
        limits.take(limit, "a");
        redis.ask("SCRIPT", "FLUSH");
        assertThat(limits.take(limit, "a")).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void a_wrong_password_opens_nothing_and_a_right_one_that_replaces_it_does() throws IOException {
        Path file = folder.resolve("other");
        Files.writeString(file, "wrong\n");
        RedisAddress right = address();
        var limits = limits(
                new byte[] {7}, new RedisAddress(right.host(), right.port(), right.user(), file, right.authority()));
        var limit = new Limit("l", 1, Duration.ofMinutes(10));
        assertThatThrownBy(() -> limits.take(limit, "a"))
                .isInstanceOf(RedisException.class)
                .satisfies(e -> assertThat(trace(e)).doesNotContain("wrong\n"));
        Files.copy(right.passwordFile(), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(limits.take(limit, "a")).isInstanceOf(Decision.Allowed.class);
    }

    private static String trace(Throwable e) {
        var out = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(out));
        return out.toString();
    }

    @Test
    @Asvs({"12.3.2", "12.3.4"})
    void a_certificate_of_another_authority_or_name_is_refused() throws IOException {
        RedisAddress right = address();
        var limit = new Limit("l", 1, Duration.ofMinutes(10));
        var unknown = new RedisAddress(
                right.host(), right.port(), right.user(), right.passwordFile(), java.util.Optional.empty());
        assertThatThrownBy(() -> limits(new byte[] {8}, unknown).take(limit, "a"))
                .isInstanceOf(RedisException.class);
        // The certificate names localhost and 127.0.0.1 only.
        var elsewhere = new RedisAddress(
                "127.0.0.1.nip.invalid", right.port(), right.user(), right.passwordFile(), right.authority());
        assertThatThrownBy(() -> limits(new byte[] {8}, elsewhere).take(limit, "a"))
                .isInstanceOf(RedisException.class);
    }

    @Test
    @Asvs({"12.3.1", "12.3.3"})
    void a_connection_without_tls_is_not_even_written_down() throws IOException {
        Path password = Files.writeString(folder.resolve("p"), "x");
        for (String url : List.of(
                "redis://localhost:6379",
                "rediss://:secret@localhost:6379",
                "rediss://localhost:6379/1?verifyPeer=NONE",
                "rediss://",
                "not an address")) {
            Path file = folder.resolve("bad.properties");
            Files.writeString(file, "url=" + url + "\npasswordFile=" + password + "\n", StandardCharsets.UTF_8);
            assertThatThrownBy(() -> RedisAddress.read(file))
                    .as(url)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("rediss://HOST:PORT")
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Test
    void a_file_that_lacks_or_misspells_something_is_refused_by_name() throws IOException {
        Path file = folder.resolve("odd.properties");
        Files.writeString(file, "url=rediss://localhost\n");
        assertThatThrownBy(() -> RedisAddress.read(file)).hasMessageContaining("passwordFile=");
        Files.writeString(file, "url=rediss://localhost\npasswordFile=nowhere\n");
        assertThatThrownBy(() -> RedisAddress.read(file)).hasMessageContaining("nowhere is not there");
        Files.writeString(file, "url=rediss://localhost\npasswordfile=p\n");
        assertThatThrownBy(() -> RedisAddress.read(file)).hasMessageContaining("passwordfile=");
        assertThatThrownBy(() -> RedisAddress.read(folder.resolve("none"))).hasMessageContaining("is not there");
        Files.writeString(folder.resolve("p"), "x");
        Files.writeString(file, "url=rediss://localhost\npasswordFile=p\nuser=limits\n");
        RedisAddress read = RedisAddress.read(file);
        assertThat(read.port()).isEqualTo(6379);
        assertThat(read.user()).contains("limits");
    }

    @Test
    void where_nobody_listens_it_fails_at_once() throws IOException {
        RedisAddress right = address();
        var nobody = new RedisAddress(
                right.host(), RunningServer.freePort(), right.user(), right.passwordFile(), right.authority());
        assertThatThrownBy(() -> limits(new byte[] {9}, nobody).take(new Limit("l", 1, Duration.ofMinutes(10)), "a"))
                .isInstanceOf(RedisException.class);
    }
}
