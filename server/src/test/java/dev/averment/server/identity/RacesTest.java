package dev.averment.server.identity;

import static dev.averment.server.identity.IdentityRoom.PASSWORD;
import static dev.averment.server.identity.IdentityRoom.done;
import static dev.averment.server.identity.IdentityRoom.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.IdentityRoom.Resident;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions.Credentials;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.MemberRole;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.identity.workspace.WorkspaceMembers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two things at the same moment. */
@Timeout(120)
@Asvs({"2.3.4", "15.4.1", "15.4.2", "15.4.3"})
class RacesTest {
    private static final String OTHER = "nine silver herons dancing";
    private static final String THIRD = "eleven green badgers whistling";

    private static IdentityRoom room;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        room = new IdentityRoom(folder);
        // Lets a test stop whatever sets an address, until it gives the lock back.
        room.database.asSuperuser(
                """
                create function public.held() returns trigger language plpgsql as $$
                begin
                    perform pg_advisory_xact_lock_shared(tg_argv[0]::bigint);
                    return new;
                end $$""",
                "create trigger held before update of email on identity.account for each row"
                        + " execute function public.held(1)");
    }

    @AfterAll
    static void close() throws Exception {
        room.close();
    }

    /** Runs all at once and returns what came of them, in order. */
    @SafeVarargs
    private static <T> List<T> atOnce(Callable<T>... all) throws Exception {
        var barrier = new CyclicBarrier(all.length);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (Callable<T> each : all) {
                futures.add(threads.submit(() -> {
                    barrier.await();
                    return each.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : futures) {
                results.add(each.get());
            }
            return results;
        }
    }

    /** Holds what the trigger of {@code number} waits for. */
    private static final class Hold implements AutoCloseable {
        private final Connection connection;

        Hold(int number) throws SQLException {
            var access = room.database.access();
            connection = access.connect(access.administrator());
            try (Statement s = connection.createStatement()) {
                s.execute("select pg_advisory_lock(" + number + ")");
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** Returns when so many connections wait for a lock, or when {@code other} needs to wait for none. */
    private static void untilWaiting(int count, Future<?> other) throws SQLException {
        while (room.database.count("""
                        select count(*) from pg_stat_activity
                         where datname = current_database() and wait_event_type = 'Lock'""") < count && !other.isDone()) {
            Thread.onSpinWait();
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static long successes(List<? extends Outcome<?>> outcomes) {
        return outcomes.stream().filter(Outcome.Done.class::isInstance).count();
    }

    @Test
    @Asvs("6.5.1")
    void two_clicks_on_one_link_are_one_use() throws Exception {
        for (int round = 0; round < 5; round++) {
            Resident newcomer = room.newcomer();
            String code = newcomer.code();
            assertThat(successes(atOnce(
                            () -> room.signUp.verify(code, newcomer.client),
                            () -> room.signUp.verify(code, newcomer.client),
                            () -> room.signUp.verify(code, newcomer.client))))
                    .isOne();
        }
    }

    @Test
    @Asvs("6.5.1")
    void two_uses_of_one_reset_code_set_one_password() throws Exception {
        Resident resident = room.resident();
        done(room.reset.request(resident.email, resident.client));
        String code = resident.code();
        List<Outcome<Boolean>> both = atOnce(
                () -> room.reset.confirm(code, OTHER, resident.client),
                () -> room.reset.confirm(code, THIRD, resident.client));
        assertThat(successes(both)).isOne();
        String winner = both.getFirst() instanceof Outcome.Done<?> ? OTHER : THIRD;
        String loser = winner.equals(OTHER) ? THIRD : OTHER;
        done(room.signIn.byPassword(resident.email, winner, resident.client));
        refused(room.signIn.byPassword(resident.email, loser, resident.client));
    }

    @Test
    void two_sign_ups_for_one_address_make_one_account_and_get_one_answer() throws Exception {
        for (int round = 0; round < 3; round++) {
            String email = "twice-" + round + "@example.test";
            var client = new Client("203.0.113." + round, "Testing/1.0");
            assertThat(successes(atOnce(
                            () -> room.signUp.signUp(email, "One", PASSWORD, client),
                            () -> room.signUp.signUp(email, "Two", OTHER, client))))
                    .isEqualTo(2);
            assertThat(room.database.count("select count(*) from identity.account where email = ?", email))
                    .isOne();
            assertThat(room.mails(email)).hasSize(2);
        }
    }

    /** Both have a link for the address; the second to use his gets an answer and no error. */
    @Test
    void two_accounts_that_move_to_one_address_at_once_get_it_once() throws Exception {
        Resident one = room.resident();
        Resident two = room.resident();
        String wanted = "wanted-" + one.email;
        List<String> codes = new ArrayList<>();
        for (Resident each : List.of(one, two)) {
            done(room.settings.changeAddress(each.session(each.signIn()), wanted, each.client));
            codes.add(room.code(wanted));
        }
        assertThat(codes).doesNotHaveDuplicates();
        int changed = room.leaves("auth.address_changed").size();
        int refusedBefore = room.leaves("auth.mailed_token_refused").size();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Outcome<Boolean>> first;
            Future<Outcome<Boolean>> second;
            try (var _ = new Hold(1)) {
                first = threads.submit(() -> room.settings.confirmAddress(codes.get(0), one.client));
                second = threads.submit(() -> room.settings.confirmAddress(codes.get(1), two.client));
                // Both have seen that nobody has the address, and neither has set it.
                untilWaiting(2, second);
            }
            assertThat(successes(List.of(first.get(), second.get()))).isOne();
            Outcome<Boolean> lost = first.get() instanceof Outcome.Done<?> ? second.get() : first.get();
            assertThat(refused(lost)).isInstanceOf(Refusal.BadToken.class);
        }
        assertThat(room.leaves("auth.address_changed")).hasSize(changed + 1);
        assertThat(room.leaves("auth.mailed_token_refused")).hasSize(refusedBefore + 1);
    }

    @Test
    void an_address_that_was_taken_meanwhile_is_not_given_twice() throws Exception {
        Resident resident = room.resident();
        String wanted = "soon-taken-" + resident.email;
        done(room.settings.changeAddress(resident.session(resident.signIn()), wanted, resident.client));
        String code = room.code(wanted);
        done(room.signUp.signUp(wanted, "Faster", PASSWORD, new Client("203.0.113.99", "Testing/1.0")));
        assertThat(refused(room.settings.confirmAddress(code, resident.client))).isInstanceOf(Refusal.BadToken.class);
        done(room.signIn.byPassword(resident.email, PASSWORD, resident.client));
    }

    private static void holding(UUID workspace, Racing work) throws Exception {
        var access = room.database.access();
        try (Connection c = access.connect(access.administrator());
                Statement s = c.createStatement()) {
            c.setAutoCommit(false);
            s.execute("select 1 from tenancy.workspace where workspace_id = '" + workspace + "' for update");
            work.meanwhile(c);
        }
    }

    private interface Racing {
        /** @param held commits to let go */
        void meanwhile(Connection held) throws Exception;
    }

    @Test
    void nobody_is_invited_or_let_into_a_workspace_that_is_being_deleted() throws Exception {
        Resident owner = room.resident();
        Resident guest = room.resident();
        var founder = new Caller.Person(owner.account(), UUID.randomUUID(), true);
        var joining = new Caller.Person(guest.account(), UUID.randomUUID(), true);
        UUID workspace = room.workspaces.create(founder, "Works");
        var members = new Entrance(founder, workspace, Permission.MEMBERS_CHANGE);
        String code = done(room.workspaces.invite(members, guest.email, MemberRole.ADMIN))
                .code();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holding(workspace, held -> {
                Future<?> delete = threads.submit(() -> done(room.workspaces.delete(
                        new Entrance(founder, workspace, Permission.WORKSPACE_DELETE), "Works")));
                untilWaiting(1, delete);
                Future<Outcome<WorkspaceMembers.Invited>> invite =
                        threads.submit(() -> room.workspaces.invite(members, "late@example.test", MemberRole.OWNER));
                untilWaiting(2, invite);
                Future<Outcome<UUID>> accept = threads.submit(() -> room.workspaces.accept(joining, guest.email, code));
                untilWaiting(3, accept);
                held.commit();
                delete.get();
                assertThat(refused(invite.get())).isInstanceOf(Refusal.NotFound.class);
                assertThat(refused(accept.get())).isInstanceOf(Refusal.BadToken.class);
            });
        }
        assertThat(room.database.count("select count(*) from tenancy.member where workspace_id = ?", workspace))
                .isZero();
        assertThat(room.database.count("select count(*) from tenancy.invitation where workspace_id = ?", workspace))
                .isZero();
    }

    @Test
    @Asvs("2.4.1")
    void a_workspace_that_is_full_lets_nobody_in_and_keeps_the_invitation() throws Exception {
        Resident owner = room.resident();
        Resident guest = room.resident();
        var founder = new Caller.Person(owner.account(), UUID.randomUUID(), true);
        UUID workspace = room.workspaces.create(founder, "Works");
        var members = new Entrance(founder, workspace, Permission.MEMBERS_CHANGE);
        String code = done(room.workspaces.invite(members, guest.email, MemberRole.MEMBER))
                .code();
        room.database.asSuperuser("""
                alter table tenancy.member disable trigger user""", """
                insert into tenancy.member (workspace_id, account_id, role)
                select '%s', gen_random_uuid(), 'viewer' from generate_series(2, %d)""".formatted(workspace, WorkspaceMembers.MOST_MEMBERS), """
                alter table tenancy.member enable trigger user""");
        var joining = new Caller.Person(guest.account(), UUID.randomUUID(), true);
        Refusal full = refused(room.workspaces.accept(joining, guest.email, code));
        assertThat(full).isInstanceOf(Refusal.Conflict.class);
        assertThat(((Refusal.Conflict) full).slug()).isEqualTo("too-many-members");
        UUID viewer = done(room.workspaces.members(members)).stream()
                .filter(m -> m.role() == MemberRole.VIEWER)
                .findFirst()
                .orElseThrow()
                .account();
        done(room.workspaces.remove(members, viewer));
        assertThat(done(room.workspaces.accept(joining, guest.email, code))).isEqualTo(workspace);
    }

    /** The account is gone before it has come in, or has come in before the account is gone: either way it is in nothing. */
    @Test
    void an_account_that_is_deleted_while_it_comes_in_is_in_no_workspace() throws Exception {
        Resident owner = room.resident();
        Resident guest = room.resident();
        Session session = guest.session(guest.signIn());
        var founder = new Caller.Person(owner.account(), UUID.randomUUID(), true);
        var joining = new Caller.Person(guest.account(), session.id(), true);
        UUID workspace = room.workspaces.create(founder, "Works");
        String code = done(room.workspaces.invite(
                        new Entrance(founder, workspace, Permission.MEMBERS_CHANGE), guest.email, MemberRole.MEMBER))
                .code();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            holding(workspace, held -> {
                Future<Outcome<UUID>> accept = threads.submit(() -> room.people.accept(joining, code));
                untilWaiting(1, accept);
                done(room.settings.delete(session, room.people, guest.client));
                held.commit();
                refused(accept.get());
            });
        }
        assertThat(room.database.count("select count(*) from tenancy.member where account_id = ?", joining.account()))
                .isZero();
    }

    /** Whoever knows the old password must not have a session that outlives its change. */
    @Test
    @Asvs({"7.4.3", "8.3.2"})
    void a_session_that_was_being_opened_with_the_old_password_does_not_outlive_its_change() throws Exception {
        Resident resident = room.resident();
        Session session = resident.session(resident.signIn());
        var compared = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // Between the look at the password and the row of the session.
            room.whenSessionsNextLookAtTheClock.set(() -> {
                compared.countDown();
                awaited(goOn);
            });
            Future<Outcome<Arrival>> signIn =
                    threads.submit(() -> room.signIn.byPassword(resident.email, PASSWORD, resident.client));
            awaited(compared);
            Future<Outcome<Boolean>> change =
                    threads.submit(() -> room.settings.changePassword(session, PASSWORD, OTHER, resident.client));
            untilWaiting(1, change);
            goOn.countDown();
            done(change.get());
            if (signIn.get() instanceof Outcome.Done<Arrival> arrived) {
                Credentials opened = IdentityRoom.opened(arrived);
                assertThat(room.signIn.byAccessToken(opened.accessToken())).isEmpty();
                assertThat(room.signIn.byCookie(opened.cookie())).isEmpty();
            }
        }
        refused(room.signIn.byPassword(resident.email, PASSWORD, resident.client));
        done(room.signIn.byPassword(resident.email, OTHER, resident.client));
    }

    /** A thief who knows the old password changes it at the moment at which its owner does. */
    @Test
    void of_two_changes_of_a_password_one_is_made() throws Exception {
        Resident resident = room.resident();
        Session mine = resident.session(resident.signIn());
        Session thiefs = resident.session(resident.signIn());
        List<Outcome<Boolean>> both = atOnce(
                () -> room.settings.changePassword(mine, PASSWORD, OTHER, resident.client),
                () -> room.settings.changePassword(thiefs, PASSWORD, THIRD, resident.client));
        assertThat(successes(both)).isOne();
        String winner = both.getFirst() instanceof Outcome.Done<?> ? OTHER : THIRD;
        done(room.signIn.byPassword(resident.email, winner, resident.client));
    }

    /** What somebody who had got in asked for before must be no way back. */
    @Test
    @Asvs({"6.4.3", "7.4.3"})
    void a_new_password_ends_every_link_that_was_mailed_before() throws Exception {
        Resident resident = room.resident();
        String thiefs = "thief-" + resident.email;
        done(room.settings.changeAddress(resident.session(resident.signIn()), thiefs, resident.client));
        String way = room.code(thiefs);
        done(room.reset.request(resident.email, resident.client));
        done(room.reset.confirm(resident.code(), OTHER, resident.client));
        assertThat(refused(room.settings.confirmAddress(way, resident.client))).isInstanceOf(Refusal.BadToken.class);

        Session session =
                resident.session(IdentityRoom.opened(room.signIn.byPassword(resident.email, OTHER, resident.client)));
        done(room.settings.changeAddress(session, thiefs, resident.client));
        String again = room.code(thiefs);
        done(room.reset.request(resident.email, resident.client));
        String reset = resident.code();
        done(room.settings.changePassword(session, OTHER, THIRD, resident.client));
        assertThat(refused(room.settings.confirmAddress(again, resident.client)))
                .isInstanceOf(Refusal.BadToken.class);
        assertThat(refused(room.reset.confirm(reset, PASSWORD, resident.client)))
                .isInstanceOf(Refusal.BadToken.class);
    }

    @Test
    @Asvs({"6.4.1", "6.5.5"})
    void a_reset_code_is_good_for_ten_minutes_and_for_its_own_purpose() throws Exception {
        Resident resident = room.resident();
        done(room.reset.request(resident.email, resident.client));
        String first = resident.code();
        refused(room.signUp.verify(first, resident.client));
        refused(room.settings.confirmAddress(first, resident.client));
        room.clock.step(Duration.ofMinutes(10).minusSeconds(1));
        done(room.reset.request(resident.email, resident.client));
        String second = resident.code();
        assertThat(second).isNotEqualTo(first);
        assertThat(refused(room.reset.confirm(first, OTHER, resident.client))).isInstanceOf(Refusal.BadToken.class);
        room.clock.step(Duration.ofMinutes(10));
        assertThat(refused(room.reset.confirm(second, OTHER, resident.client))).isInstanceOf(Refusal.BadToken.class);
        done(room.signIn.byPassword(resident.email, PASSWORD, resident.client));
    }

    @Test
    @Asvs("6.2.11")
    void a_reset_takes_no_password_that_is_made_of_the_accounts_own_words() throws Exception {
        Resident resident = room.resident();
        done(room.reset.request(resident.email, resident.client));
        String code = resident.code();
        assertThat(refused(room.reset.confirm(code, "RosaResidentRosaResident", resident.client)))
                .isEqualTo(refused(room.signUp.signUp(
                        "rosa-2@example.test", "Rosa Resident", "RosaResidentRosaResident", resident.client)));
        done(room.reset.confirm(code, OTHER, resident.client));
    }

    @Test
    @Asvs("6.4.3")
    void a_code_that_went_to_an_old_address_resets_nothing() throws Exception {
        Resident resident = room.resident();
        String moved = "moved-" + resident.email;
        done(room.settings.changeAddress(resident.session(resident.signIn()), moved, resident.client));
        done(room.reset.request(resident.email, resident.client));
        String old = resident.code();
        done(room.settings.confirmAddress(room.code(moved), resident.client));
        assertThat(refused(room.reset.confirm(old, OTHER, resident.client))).isInstanceOf(Refusal.BadToken.class);
    }
}
