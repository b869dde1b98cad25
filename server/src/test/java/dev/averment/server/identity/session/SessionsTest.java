package dev.averment.server.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.IdentityRoom;
import dev.averment.server.identity.IdentityRoom.Resident;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.session.Sessions.Credentials;
import dev.averment.server.identity.session.Sessions.Refreshed;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sessions over a real database. */
class SessionsTest {
    private static IdentityRoom room;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        room = new IdentityRoom(folder);
    }

    @AfterAll
    static void close() throws Exception {
        room.close();
    }

    private static Refreshed refresh(String token) {
        return room.transactions.in(jdbc -> room.sessions.refresh(jdbc, token));
    }

    private static Credentials granted(Refreshed refreshed) {
        assertThat(refreshed).isInstanceOf(Refreshed.Granted.class);
        return ((Refreshed.Granted) refreshed).credentials();
    }

    private static boolean end(UUID account, Credentials credentials) {
        return room.transactions.in(jdbc -> room.sessions.end(jdbc, account, credentials.session(), "test"));
    }

    private static boolean lives(Credentials credentials) {
        return room.signIn.byAccessToken(credentials.accessToken()).isPresent();
    }

    private static boolean livesByCookie(Credentials credentials) {
        return room.signIn.byCookie(credentials.cookie()).isPresent();
    }

    private static long generation(UUID session) throws SQLException {
        return room.database.count("select generation from identity.session where session_id = ?", session);
    }

    /** All tabs of a browser wake up at once: one increment, one token for all, nobody signed out. */
    @Test
    @Asvs({"15.4.1", "15.4.2", "15.4.3", "2.3.4"})
    void many_refreshes_of_one_token_at_once_are_one() throws Exception {
        int tabs = 12;
        Credentials good = room.resident().signIn();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 1; round <= 5; round++) {
                String token = good.refresh();
                var barrier = new CyclicBarrier(tabs);
                List<Future<Refreshed>> all = new ArrayList<>();
                for (int tab = 0; tab < tabs; tab++) {
                    all.add(threads.submit(() -> {
                        barrier.await();
                        return refresh(token);
                    }));
                }
                Set<String> tokens = new HashSet<>();
                int first = 0;
                for (Future<Refreshed> each : all) {
                    Refreshed.Granted answer = (Refreshed.Granted) each.get();
                    tokens.add(answer.credentials().refresh());
                    first += answer.repeated() ? 0 : 1;
                    good = answer.credentials();
                }
                assertThat(tokens).hasSize(1);
                assertThat(first).isOne();
                assertThat(generation(good.session())).isEqualTo(round);
                assertThat(lives(good)).isTrue();
            }
        }
    }

    @Test
    @Asvs({"7.2.4", "10.4.5"})
    void a_copy_that_comes_after_the_grace_ends_the_session_for_both() {
        Credentials first = room.resident().signIn();
        Credentials thiefs = granted(refresh(first.refresh()));
        assertThat(lives(thiefs)).isTrue();
        room.clock.step(Duration.ofSeconds(30));
        assertThat(refresh(first.refresh())).isInstanceOf(Refreshed.Reused.class);
        assertThat(lives(thiefs)).isFalse();
        assertThat(lives(first)).isFalse();
        assertThat(livesByCookie(first)).isFalse();
        assertThat(refresh(thiefs.refresh())).isInstanceOf(Refreshed.Refused.class);
    }

    @Test
    @Asvs("10.4.5")
    void answers_that_are_lost_for_hours_and_more_than_once_sign_nobody_out() throws Exception {
        Credentials held = room.resident().signIn();
        for (int lost = 0; lost < 4; lost++) {
            room.clock.step(Duration.ofHours(2));
            granted(refresh(held.refresh()));
        }
        room.clock.step(Duration.ofHours(2));
        Credentials arrived = granted(refresh(held.refresh()));
        assertThat(lives(arrived)).isTrue();
        assertThat(generation(held.session())).isEqualTo(5);
        room.clock.step(Duration.ofHours(2));
        assertThat(granted(refresh(arrived.refresh())).session()).isEqualTo(held.session());
    }

    @Test
    @Asvs("10.4.5")
    void an_answer_that_was_given_up_for_lost_is_a_copy_when_it_turns_up() {
        Credentials held = room.resident().signIn();
        Credentials lost = granted(refresh(held.refresh()));
        room.clock.step(Duration.ofMinutes(1));
        Credentials arrived = granted(refresh(held.refresh()));
        assertThat(refresh(lost.refresh())).isInstanceOf(Refreshed.Reused.class);
        assertThat(lives(arrived)).isFalse();
    }

    /** The browser's cookie is the same before and after a refresh: its use is no sign that the answer arrived. */
    @Test
    void a_cookie_does_not_confirm_a_refresh_token() {
        Credentials held = room.resident().signIn();
        granted(refresh(held.refresh()));
        assertThat(livesByCookie(held)).isTrue();
        room.clock.step(Duration.ofMinutes(1));
        assertThat(refresh(held.refresh())).isInstanceOf(Refreshed.Granted.class);
    }

    @Test
    void an_access_token_from_before_does_not_confirm_a_refresh_token() {
        Credentials held = room.resident().signIn();
        granted(refresh(held.refresh()));
        assertThat(lives(held)).isTrue();
        room.clock.step(Duration.ofMinutes(1));
        assertThat(refresh(held.refresh())).isInstanceOf(Refreshed.Granted.class);
    }

    @Test
    @Asvs("7.3.1")
    void a_session_that_nobody_uses_ends_after_the_idle_time() {
        Credentials idle = room.resident().signIn();
        Credentials used = room.resident().signIn();
        room.clock.step(Duration.ofHours(24).minusSeconds(1));
        assertThat(livesByCookie(used)).isTrue();
        room.clock.step(Duration.ofSeconds(1));
        assertThat(livesByCookie(idle)).isFalse();
        assertThat(refresh(idle.refresh())).isInstanceOf(Refreshed.Refused.class);
        assertThat(livesByCookie(used)).isTrue();
    }

    @Test
    @Asvs({"7.3.2", "10.4.8"})
    void a_session_ends_after_the_absolute_time_however_busy() {
        Instant opened = room.clock.instant();
        Credentials good = room.resident().signIn();
        String cookie = good.cookie();
        for (int hours = 0; hours < 167; hours++) {
            room.clock.step(Duration.ofHours(1));
            good = granted(refresh(good.refresh()));
        }
        room.clock.step(Duration.ofHours(1).minusSeconds(1));
        assertThat(room.signIn.byCookie(cookie)).isPresent();
        good = granted(refresh(good.refresh()));
        room.clock.step(Duration.ofSeconds(1));
        assertThat(room.clock.instant()).isEqualTo(opened.plus(Duration.ofDays(7)));
        assertThat(room.signIn.byCookie(cookie)).isEmpty();
        assertThat(lives(good)).isFalse();
        assertThat(refresh(good.refresh())).isInstanceOf(Refreshed.Refused.class);
    }

    @Test
    @Asvs({"7.4.1", "7.4.3", "8.3.2"})
    void all_sessions_of_an_account_end_at_once_and_nobody_elses() throws Exception {
        Resident resident = room.resident();
        Credentials one = resident.signIn();
        Credentials two = resident.signIn();
        Credentials other = room.resident().signIn();
        UUID account = resident.account();
        room.transactions.in(jdbc -> {
            room.sessions.endAll(jdbc, account, "signed-out-everywhere");
            return true;
        });
        for (Credentials dead : List.of(one, two)) {
            assertThat(lives(dead)).isFalse();
            assertThat(livesByCookie(dead)).isFalse();
            assertThat(refresh(dead.refresh())).isInstanceOf(Refreshed.Refused.class);
        }
        assertThat(lives(other)).isTrue();
        assertThat(lives(resident.signIn())).isTrue();
    }

    @Test
    @Asvs("7.4.2")
    void a_disabled_account_has_no_session_at_its_next_request() throws Exception {
        Resident resident = room.resident();
        Credentials good = resident.signIn();
        room.database.asSuperuser(
                "update identity.account set disabled_at = now() where account_id = '" + resident.account() + "'");
        assertThat(lives(good)).isFalse();
        assertThat(livesByCookie(good)).isFalse();
        assertThat(refresh(good.refresh())).isInstanceOf(Refreshed.Refused.class);
    }

    @Test
    @Asvs("7.4.2")
    void a_deleted_account_has_no_session_left() throws Exception {
        Resident resident = room.resident();
        Credentials good = resident.signIn();
        IdentityRoom.done(room.settings.delete(resident.session(good), _ -> Outcome.done(true), resident.client));
        assertThat(lives(good)).isFalse();
        assertThat(refresh(good.refresh())).isInstanceOf(Refreshed.Refused.class);
        assertThat(room.database.count("select count(*) from identity.session where session_id = ?", good.session()))
                .isZero();
    }

    @Test
    void a_session_can_be_ended_by_its_account_alone_and_once() throws Exception {
        Resident resident = room.resident();
        Credentials good = resident.signIn();
        UUID owner = resident.account();
        UUID other = room.resident().account();
        assertThat(end(other, good)).isFalse();
        assertThat(lives(good)).isTrue();
        assertThat(end(owner, good)).isTrue();
        assertThat(end(owner, good)).isFalse();
    }

    @Test
    @Asvs("7.5.1")
    void a_proof_is_fresh_for_ten_minutes_and_not_a_second_longer() {
        Resident resident = room.resident();
        Credentials good = resident.signIn();
        Session session = resident.session(good);
        room.clock.step(Duration.ofMinutes(10).minusSeconds(1));
        assertThat(room.sessions.fresh(session)).isTrue();
        room.clock.step(Duration.ofSeconds(1));
        assertThat(room.sessions.fresh(session)).isFalse();
    }

    /** Neither the key alone nor the database alone makes a token: another session's MAC fits nothing here. */
    @Test
    @Asvs({"7.2.1", "9.1.1"})
    void a_token_is_good_for_its_own_session_and_generation_only() {
        Credentials mine = room.resident().signIn();
        Credentials yours = room.resident().signIn();
        String[] m = mine.refresh().split("\\.");
        String[] y = yours.refresh().split("\\.");
        for (String forged : List.of(
                String.join(".", "v1", y[1], m[2], m[3], m[4]),
                String.join(".", "v1", m[1], "1", m[3], m[4]),
                String.join(".", "v2", m[1], m[2], m[3], m[4]),
                String.join(".", "v1", m[1], m[2], "000000000000", m[4]),
                String.join(".", "v1", m[1], m[2], m[3], "A".repeat(43)),
                String.join(".", "v1", m[1], "999999999", m[3], m[4]),
                String.join(".", "v1", m[1], "9999999999", m[3], m[4]),
                String.join(".", "v1", UUID.randomUUID().toString(), m[2], m[3], m[4]),
                mine.cookie(),
                mine.accessToken(),
                mine.refresh() + "\n",
                " " + mine.refresh(),
                "",
                "v1....")) {
            assertThat(refresh(forged)).as(forged).isInstanceOf(Refreshed.Refused.class);
        }
        assertThat(refresh(mine.refresh())).isInstanceOf(Refreshed.Granted.class);
        assertThat(refresh(yours.refresh())).isInstanceOf(Refreshed.Granted.class);
    }

    @Test
    @Asvs({"7.2.1", "7.2.3"})
    void a_cookie_is_good_as_it_was_set_only() {
        Credentials good = room.resident().signIn();
        Credentials other = room.resident().signIn();
        String[] g = good.cookie().split("\\.");
        String[] o = other.cookie().split("\\.");
        for (String forged : List.of(
                String.join(".", g[0], o[1], g[2], g[3], g[4]),
                String.join(".", g[0], g[1], o[2], g[3], g[4]),
                String.join(".", g[0], g[1], g[2], "000000000000", g[4]),
                String.join(".", g[0], g[1], g[2], g[3], "A".repeat(43)),
                good.refresh(),
                "",
                "v1." + g[1])) {
            assertThat(room.signIn.byCookie(forged)).as(forged).isEmpty();
        }
        assertThat(livesByCookie(good)).isTrue();
    }

    /** Whoever reads the table can sign in as nobody. */
    @Test
    @Asvs({"11.4.3", "11.5.1", "16.2.5"})
    void the_database_and_messages_hold_nothing_that_signs_in() throws Exception {
        Credentials good = room.resident().signIn();
        String row = room.database
                .rows("select s::text as row from identity.session s where session_id = ?", good.session())
                .toString();
        for (String secret :
                List.of(good.cookie().split("\\.")[2], good.cookie().split("\\.")[4])) {
            assertThat(row).doesNotContain(secret);
            byte[] raw = java.util.Base64.getUrlDecoder().decode(secret);
            assertThat(raw).hasSize(32);
            assertThat(row).doesNotContain(java.util.HexFormat.of().formatHex(raw));
        }
        assertThat(good.toString()).isEqualTo("credentials of session " + good.session());
        assertThat(RefreshToken.parse(good.refresh()).orElseThrow().toString())
                .doesNotContain(good.refresh().split("\\.")[4]);
    }

    @Test
    void a_last_use_is_written_down_once_a_minute() throws Exception {
        Credentials good = room.resident().signIn();
        String seen = "select extract(epoch from seen_at)::bigint from identity.session where session_id = ?";
        long opened = room.database.count(seen, good.session());
        room.clock.step(Duration.ofSeconds(60));
        assertThat(livesByCookie(good)).isTrue();
        assertThat(room.database.count(seen, good.session())).isEqualTo(opened);
        room.clock.step(Duration.ofSeconds(1));
        assertThat(livesByCookie(good)).isTrue();
        assertThat(room.database.count(seen, good.session())).isEqualTo(opened + 61);
    }
}
