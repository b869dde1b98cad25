package dev.averment.server.identity;

import static dev.averment.server.identity.IdentityRoom.done;
import static dev.averment.server.identity.IdentityRoom.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.IdentityRoom.Resident;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.session.Sessions.Credentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules of accounts that hold over years, numbers and operators. */
class AccountRulesTest {
    private IdentityRoom room;
    private AccountOperations operations;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        room = new IdentityRoom(folder);
        operations = room.operations;
    }

    @AfterEach
    void close() throws Exception {
        room.close();
    }

    @Test
    @Asvs("6.3.2")
    void a_new_server_has_no_account_and_no_password() throws Exception {
        assertThat(room.database.count("select count(*) from identity.account")).isZero();
        assertThat(room.database.count("select count(*) from identity.password"))
                .isZero();
        assertThat(room.database.count("select count(*) from identity.api_token"))
                .isZero();
    }

    @Test
    @Asvs("6.2.10")
    void a_password_is_good_for_years() {
        Resident resident = room.resident();
        room.clock.step(Duration.ofDays(5 * 365));
        assertThat(resident.signIn().accessToken()).isNotEmpty();
    }

    @Test
    @Asvs("7.1.2")
    void the_next_session_beyond_the_number_ends_the_one_that_was_used_longest_ago() {
        Resident resident = room.resident();
        List<Credentials> all = new ArrayList<>();
        for (int i = 0; i < Sessions.MOST; i++) {
            all.add(resident.signIn());
            room.clock.step(Duration.ofMinutes(2));
        }
        // The first is in use: the second is the one that nobody used for longest.
        assertThat(room.signIn.byCookie(all.getFirst().cookie())).isPresent();
        Credentials next = resident.signIn();
        assertThat(room.signIn.byCookie(all.get(1).cookie())).isEmpty();
        assertThat(room.signIn.byCookie(all.getFirst().cookie())).isPresent();
        assertThat(room.signIn.byCookie(all.get(2).cookie())).isPresent();
        assertThat(room.settings.sessions(resident.session(next))).hasSize(Sessions.MOST);
    }

    private static boolean told(IdentityRoom room, Resident resident, String words) {
        return room.mails(resident.email).stream().anyMatch(mail -> mail.contains(words));
    }

    @Test
    @Asvs("6.3.5")
    void whose_account_is_being_guessed_at_hears_of_it_once_a_day() {
        Resident resident = room.resident();
        for (int i = 0; i < 20; i++) {
            refused(room.signIn.byPassword(resident.email, "not the password " + i, resident.client));
        }
        String words = "tried to sign in to your account many times";
        assertThat(told(room, resident, words)).as("mistakes are not told").isFalse();
        for (int i = 0; i < 5; i++) {
            assertThat(refused(room.signIn.byPassword(resident.email, "not the password", resident.client)))
                    .isInstanceOf(Refusal.Limited.class);
        }
        assertThat(room.mails(resident.email).stream().filter(mail -> mail.contains(words)))
                .hasSize(1);
        room.clock.step(Duration.ofHours(27));
        for (int i = 0; i < 21; i++) {
            refused(room.signIn.byPassword(resident.email, "not the password " + i, resident.client));
        }
        assertThat(room.mails(resident.email).stream().filter(mail -> mail.contains(words)))
                .hasSize(2);
    }

    @Test
    @Asvs("7.4.5")
    void an_operator_ends_all_sessions_of_one_account_and_its_owner_hears_of_it() {
        Resident resident = room.resident();
        Credentials one = resident.signIn();
        Credentials two = resident.signIn();
        Resident neighbour = room.resident();
        Credentials other = neighbour.signIn();

        done(operations.endSessions(resident.email, IdentityRoom.CLIENT));

        assertThat(room.signIn.byCookie(one.cookie())).isEmpty();
        assertThat(room.signIn.byAccessToken(two.accessToken())).isEmpty();
        assertThat(room.signIn.byCookie(other.cookie())).isPresent();
        assertThat(told(room, resident, "An operator of this server ended all sessions"))
                .isTrue();
        assertThat(room.leaves("auth.sessions_ended").getLast().toString()).doesNotContain(resident.email);
        assertThat(refused(operations.endSessions("nobody@example.test", IdentityRoom.CLIENT)))
                .isInstanceOf(Refusal.NotFound.class);
    }

    /** The link goes to the owner, the operator gets nothing that signs in, and until then the old password works. */
    @Test
    @Asvs("6.4.6")
    void an_operator_starts_a_reset_and_its_owner_chooses() {
        Resident resident = room.resident();
        assertThat(done(operations.startReset(resident.email, IdentityRoom.CLIENT)))
                .isEqualTo(true);
        resident.signIn();
        String chosen = "twelve amber lanterns humming";
        done(room.reset.confirm(resident.code(), chosen, resident.client));
        assertThat(refused(room.signIn.byPassword(resident.email, resident.password, resident.client)))
                .isInstanceOf(Refusal.WrongCredentials.class);
        resident.password = chosen;
        resident.signIn();
    }

    /** No method of the operators takes a password at all. */
    @Test
    @Asvs("6.4.6")
    void nothing_that_an_operator_calls_takes_a_password() {
        assertThat(new ClassFileImporter()
                        .importClasses(AccountOperations.class)
                        .get(AccountOperations.class)
                        .getDirectDependenciesFromSelf())
                .noneMatch(d -> d.getTargetClass().getSimpleName().matches("Passwords|StoredHash|PasswordRules"));
    }

    @Test
    @Asvs({"7.5.3", "8.2.4"})
    void what_cannot_be_undone_wants_a_proof_of_these_minutes() {
        Resident resident = room.resident();
        Credentials credentials = resident.signIn();
        room.clock.step(IdentityRoom.POLICY.fresh());
        Session stale = resident.session(credentials);
        assertThat(refused(room.settings.delete(stale, _ -> Outcome.done(true), resident.client)))
                .isInstanceOf(Refusal.ProofNeeded.class);
        assertThat(refused(room.settings.changeAddress(stale, "elsewhere@example.test", resident.client)))
                .isInstanceOf(Refusal.ProofNeeded.class);
        done(room.settings.prove(stale, resident.password, resident.client));
        done(room.settings.delete(resident.session(credentials), _ -> Outcome.done(true), resident.client));
    }

    /** Codes of 256 bits, and sixty tries in ten minutes: nobody lives long enough. */
    @Test
    @Asvs("6.6.3")
    void mailed_codes_cannot_be_tried_one_after_the_other() {
        Resident resident = room.resident();
        done(room.reset.request(resident.email, resident.client));
        for (int i = 0; i < 59; i++) {
            // The confirmation of the address was the first of sixty.
            assertThat(refused(room.reset.confirm("A".repeat(43), "twelve amber lanterns humming", resident.client)))
                    .isInstanceOf(Refusal.BadToken.class);
        }
        assertThat(refused(room.reset.confirm(resident.code(), "twelve amber lanterns humming", resident.client)))
                .isInstanceOf(Refusal.Limited.class);
        assertThat(resident.code()).hasSize(43);
    }

    @Test
    @Asvs("6.6.2")
    void a_code_of_one_request_is_of_no_use_for_another() {
        Resident resident = room.newcomer();
        String verification = resident.code();
        Resident other = room.resident();
        done(room.reset.request(other.email, other.client));
        assertThat(refused(room.reset.confirm(verification, "twelve amber lanterns humming", resident.client)))
                .isInstanceOf(Refusal.BadToken.class);
        assertThat(refused(room.signUp.verify(other.code(), other.client))).isInstanceOf(Refusal.BadToken.class);
        assertThat(refused(room.settings.confirmAddress(other.code(), other.client)))
                .isInstanceOf(Refusal.BadToken.class);
    }

    /** One place opens sessions, and it asks for the second factor: no way in is weaker than another. */
    @Test
    @Asvs("6.3.4")
    void sessions_are_opened_in_one_place() {
        var opening = new ClassFileImporter()
                        .importUrl(SignIn.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation())
                        .get(Sessions.class)
                        .getMethodCallsToSelf()
                        .stream()
                        .filter(call -> call.getTarget().getName().equals("open"))
                        .map(call -> call.getOriginOwner().getSimpleName())
                        .distinct()
                        .toList();
        assertThat(opening).containsExactly("Doorway");
    }

    /** A mailed link sets a password and opens nothing. */
    @Test
    @Asvs("6.3.6")
    void mail_alone_signs_nobody_in() throws Exception {
        Resident resident = room.resident();
        done(room.reset.request(resident.email, resident.client));
        Outcome<Boolean> confirmed =
                room.reset.confirm(resident.code(), "twelve amber lanterns humming", resident.client);
        assertThat(done(confirmed)).isEqualTo(true);
        assertThat(room.database.count("select count(*) from identity.session")).isZero();
    }
}
