package dev.averment.server.identity.purge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.database.Role;
import dev.averment.server.fixture.Actors;
import dev.averment.server.identity.IdentityRoom;
import dev.averment.server.identity.IdentityRoom.Resident;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions.Credentials;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.MemberRole;
import dev.averment.server.identity.workspace.Permission;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is over goes when its window has passed, and nothing else does. */
@Asvs("14.2.7")
class PurgeTest {
    private static final PurgeWindows WINDOWS =
            new PurgeWindows(Duration.ofDays(20), Duration.ofDays(10), Duration.ofDays(40));

    private IdentityRoom room;
    private Purge purge;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        room = new IdentityRoom(folder);
        purge = new Purge(
                new Workspaces(room.database.pools().of(Role.AUTH), room.database.seal()),
                room.database.workspaces(),
                WINDOWS,
                room.clock);
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    private Optional<String> address(Leaf entry) {
        var system = new WorkspaceContext(WellKnown.SYSTEM, "service:test");
        return room.database
                .workspaces()
                .in(system, jdbc -> room.disclosures.read(jdbc, system, entry.id(), "/context/address"));
    }

    private long count(String table) throws Exception {
        return room.database.count("select count(*) from " + table);
    }

    @Test
    void an_ended_session_goes_with_its_address_after_the_window_and_not_before() throws Exception {
        Resident resident = room.resident();
        Credentials credentials = resident.signIn();
        room.signIn.signOut(resident.session(credentials), resident.client);
        Credentials open = resident.signIn();
        room.clock.step(WINDOWS.sessions());
        room.database.asSuperuser(
                "update identity.session set expires_at = expires_at + interval '90 days' where session_id = '"
                        + open.session() + "'");
        purge.run();
        assertThat(count("identity.session")).as("not a moment too early").isEqualTo(2);
        room.clock.step(Duration.ofMillis(1));
        purge.run();
        assertThat(room.database.rows("select session_id from identity.session"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("session_id", open.session()));
    }

    @Test
    void a_session_that_ran_out_goes_too() throws Exception {
        room.resident().signIn();
        room.clock.step(IdentityRoom.POLICY.absolute().plus(WINDOWS.sessions()).plusMillis(1));
        purge.run();
        assertThat(count("identity.session")).isZero();
    }

    @Test
    void links_go_when_they_are_used_or_run_out() throws Exception {
        room.resident();
        Resident newcomer = room.newcomer();
        assertThat(count("identity.mailed_token")).isEqualTo(2);
        room.clock.step(WINDOWS.links().plusMillis(1));
        purge.run();
        assertThat(room.database.rows("select email from identity.mailed_token"))
                .as("the used one went; the other ran out a day later")
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("email", newcomer.email));
        room.clock.step(Duration.ofDays(1));
        purge.run();
        assertThat(count("identity.mailed_token")).isZero();
        assertThat(count("identity.account")).as("people stay").isEqualTo(2);
    }

    @Test
    void more_than_a_batch_goes_in_several() throws Exception {
        Resident resident = room.resident();
        resident.signIn();
        room.database.asSuperuser("""
                insert into identity.mailed_token (token_hash, account_id, purpose, email, made_at, expires_at)
                select sha256(n::text::bytea), a.account_id, 'reset-password', a.email,
                       timestamptz '2020-01-01', timestamptz '2020-01-02'
                  from identity.account a, generate_series(1, %d) n""".formatted(2 * Purge.BATCH + 7));
        assertThat(purge.run()).isEqualTo(2 * Purge.BATCH + 7);
    }

    /** Addresses of people who signed in, and of those whom nobody knows. */
    @Test
    void addresses_beside_the_log_go_and_its_entries_stay_word_for_word() throws Exception {
        Resident resident = room.resident();
        resident.signIn();
        room.signIn.byPassword("nobody@example.test", "wrong wrong wrong wrong", resident.client);
        long entries = count("evidence.leaf");
        var bytes = room.database.rows("select bytes from evidence.leaf order by leaf_id");
        assertThat(count("evidence.disclosure where path = '/context/address'")).isGreaterThan(3);
        room.clock.step(WINDOWS.addresses().minusMillis(1));
        resident.signIn();
        purge.run();
        assertThat(count("evidence.disclosure where path = '/context/address'")).isGreaterThan(3);
        room.clock.step(Duration.ofMillis(2));
        purge.run();
        assertThat(count("evidence.disclosure where path = '/context/address'"))
                .as("that of the last sign-in")
                .isEqualTo(1);
        assertThat(count("evidence.leaf")).isEqualTo(entries + 1);
        var now = room.database.rows("select bytes from evidence.leaf order by leaf_id");
        for (int i = 0; i < bytes.size(); i++) {
            assertThat((byte[]) now.get(i).get("bytes"))
                    .isEqualTo((byte[]) bytes.get(i).get("bytes"));
        }
    }

    @Test
    void an_invitation_that_ran_out_goes_from_its_own_workspace_only() throws Exception {
        Resident owner = room.resident();
        UUID account = owner.account();
        var caller = new Caller.Person(account, UUID.randomUUID(), true);
        UUID workspace = room.workspaces.create(caller, "Works");
        UUID other = room.workspaces.create(caller, "More works");
        for (UUID each : new UUID[] {workspace, other}) {
            IdentityRoom.done(room.workspaces.invite(
                    new Entrance(caller, each, Permission.MEMBERS_CHANGE), "guest@example.test", MemberRole.MEMBER));
            room.clock.step(Duration.ofDays(1));
        }
        // Two days have passed since the first.
        room.clock.step(Duration.ofDays(5).plus(WINDOWS.links()).plusMillis(1));
        purge.run();
        assertThat(room.database.rows("select workspace_id from tenancy.invitation"))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("workspace_id", other));
    }

    @Test
    void a_seed_that_was_never_confirmed_goes_within_hours() throws Exception {
        Resident resident = room.resident();
        room.database.asSuperuser("""
                insert into identity.totp (version, account_id, seed, made_at)
                select gen_random_uuid(), account_id, sha256('x') || sha256('y'), timestamptz '2026-11-24T09:00:00Z'
                  from identity.account where email = '%s'""".formatted(resident.email));
        purge.run();
        assertThat(count("identity.totp")).isEqualTo(1);
        room.clock.step(Duration.ofHours(2));
        purge.run();
        assertThat(count("identity.totp")).isZero();
    }

    @Test
    void sign_ins_that_nobody_went_on_with_and_spent_tokens_go_once_they_have_run_out() throws Exception {
        room.database.asSuperuser("""
                insert into identity.provider_flow (state_hash, browser_hash, provider, purpose, target, expires_at, issuer,
                       subject, email)
                select sha256(n::text::bytea), sha256(n::text::bytea), 'acme', 'sign-in', '/workspaces',
                       timestamptz '2026-11-24T09:10:00Z' + n * interval '1 minute', 'https://acme.test', 'nora',
                       'nora@example.test'
                  from generate_series(0, 1) n""", """
                insert into identity.spent_actor_token (token_id, expires_at)
                select gen_random_uuid(), timestamptz '2026-11-24T09:10:00Z' + n * interval '1 minute'
                  from generate_series(0, 1) n""");
        room.clock.step(Duration.ofMinutes(10));
        purge.run();
        assertThat(count("identity.provider_flow")).as("not a moment too early").isEqualTo(2);
        assertThat(count("identity.spent_actor_token")).isEqualTo(2);
        room.clock.step(Duration.ofMillis(1));
        purge.run();
        assertThat(count("identity.provider_flow")).isEqualTo(1);
        assertThat(count("identity.spent_actor_token")).isEqualTo(1);
    }

    /** Row R7 of every promise about erasure: the log still verifies and no longer tells who it was. */
    @Test
    @Asvs("7.4.2")
    void a_deleted_account_takes_its_key_along_and_leaves_the_log_whole() throws Exception {
        Resident resident = room.resident();
        Credentials credentials = resident.signIn();
        Session session = resident.session(credentials);
        UUID account = resident.account();
        Resident neighbour = room.resident();
        UUID neighbours = neighbour.account();
        Leaf entry = room.leaves("auth.signed_in").getLast();
        assertThat(address(entry)).contains(resident.client.address());
        long entries = count("evidence.leaf");

        IdentityRoom.done(room.settings.delete(session, _ -> Outcome.done(true), resident.client));

        assertThat(room.database.count("select count(*) from evidence.subject_key where subject_id = ?", account))
                .isZero();
        assertThat(room.database.count("select count(*) from evidence.disclosure where subject_id = ?", account))
                .isZero();
        assertThat(address(entry)).isEmpty();
        assertThat(room.database.count("select count(*) from evidence.subject_key where subject_id = ?", neighbours))
                .as("nobody else's")
                .isEqualTo(1);
        assertThat(count("evidence.leaf")).isEqualTo(entries + 1);
        assertThat(room.leaves("auth.account_deleted")).hasSize(1);
        assertThat(room.signIn.byAccessToken(credentials.accessToken())).isEmpty();
    }

    @Test
    void windows_come_from_the_page_and_senseless_ones_are_refused() {
        assertThatThrownBy(() -> new PurgeWindows(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 1h and 3660d");
        assertThatThrownBy(() -> new PurgeWindows(Duration.ofDays(1), Duration.ofDays(4000), Duration.ofDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothing_of_an_outsiders_goes_with_it() throws Exception {
        Actors actors = room.database.actors();
        purge.run();
        assertThat(room.database.count(
                        "select count(*) from tenancy.member where workspace_id = ?",
                        actors.outsider().workspace()))
                .isPositive();
    }
}
