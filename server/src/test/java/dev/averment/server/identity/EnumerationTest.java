package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.identity.password.HashingPool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nobody learns from an answer whether an address has an account. Instead of times, which say little on a busy machine, the
 * dear part of the work is counted: the hashes that were run.
 */
@Asvs("6.3.8")
class EnumerationTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Person known;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        known = Person.signedIn(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String unknown() {
        // Of the same length as the known one, so that nothing differs but the account.
        return "p-" + UUID.randomUUID() + "@example.test";
    }

    /**
     * All of an answer that whoever asks can see.
     *
     * @param hashes that were run for it
     */
    private record Seen(int status, Map<String, String> headers, String body, long hashes) {}

    private static Seen post(String path, String... members) throws IOException {
        HashingPool pool = server.bean(HashingPool.class);
        long before = pool.ran();
        Answer answer = known.post(path, members);
        var headers = new TreeMap<>(answer.headers());
        headers.remove("date");
        return new Seen(answer.status(), headers, answer.body(), pool.ran() - before);
    }

    @Test
    void a_sign_in_does_not_tell() throws Exception {
        Seen wrong = post("/api/v1/auth/sign-in", "email", known.email, "password", "not the one at all");
        Seen nobody = post("/api/v1/auth/sign-in", "email", unknown(), "password", "not the one at all");
        Seen nonsense = post("/api/v1/auth/sign-in", "email", "no address", "password", "not the one at all");
        assertThat(nobody).isEqualTo(wrong);
        assertThat(nonsense).isEqualTo(wrong);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.hashes()).isOne();
        assertThat(wrong.headers()).doesNotContainKey("set-cookie");
    }

    @Test
    void a_sign_in_before_the_address_was_confirmed_does_not_tell() throws Exception {
        Person newcomer = Person.stranger(server);
        newcomer.signUp();
        Seen wrong = post("/api/v1/auth/sign-in", "email", newcomer.email, "password", "not the one at all");
        assertThat(wrong).isEqualTo(post("/api/v1/auth/sign-in", "email", unknown(), "password", "not the one at all"));
    }

    @Test
    void a_sign_up_does_not_tell() throws Exception {
        Seen taken = post("/api/v1/auth/sign-up", "email", known.email, "name", "Pat", "password", Person.PASSWORD);
        Seen free = post("/api/v1/auth/sign-up", "email", unknown(), "name", "Pat", "password", Person.PASSWORD);
        assertThat(free).isEqualTo(taken);
        assertThat(free.status()).isEqualTo(202);
        assertThat(free.hashes()).isOne();
    }

    @Test
    void a_refused_sign_up_does_not_tell() throws Exception {
        Seen taken = post("/api/v1/auth/sign-up", "email", known.email, "name", "Pat", "password", "short");
        Seen free = post("/api/v1/auth/sign-up", "email", unknown(), "name", "Pat", "password", "short");
        assertThat(free).isEqualTo(taken);
        assertThat(free.status()).isEqualTo(422);
        assertThat(free.hashes()).isZero();
    }

    @Test
    void a_reset_does_not_tell() throws Exception {
        Seen taken = post("/api/v1/auth/reset", "email", known.email);
        Seen free = post("/api/v1/auth/reset", "email", unknown());
        assertThat(free).isEqualTo(taken);
        assertThat(free.status()).isEqualTo(202);
        assertThat(free.hashes()).isZero();
    }

    /** Too many tries are refused for an address that nobody has as for one that somebody has. */
    @Test
    @Asvs("6.3.1")
    void a_limit_does_not_tell() throws Exception {
        Person victim = Person.signedIn(server);
        String nobody = unknown();
        for (String email : new String[] {victim.email, nobody}) {
            Seen last = null;
            for (int i = 0; i < 6; i++) {
                last = post("/api/v1/auth/reset", "email", email);
            }
            assertThat(last.status()).isEqualTo(429);
            assertThat(Long.parseLong(last.headers().get("retry-after"))).isBetween(3_500L, 4_000L);
            assertThat(last.body()).doesNotContain(email);
        }
    }

    @Test
    void an_address_that_somebody_has_is_not_told_to_whoever_wants_it() throws Exception {
        Person curious = Person.signedIn(server);
        Answer taken = curious.send("POST", "/api/v1/account/email", "email", known.email);
        Answer free = curious.send("POST", "/api/v1/account/email", "email", unknown());
        assertThat(taken.status()).isEqualTo(202);
        assertThat(free.status()).isEqualTo(202);
        assertThat(free.body()).isEqualTo(taken.body());
        assertThat(free.headers().keySet()).isEqualTo(taken.headers().keySet());
    }
}
