package dev.averment.server.identity;

import static dev.averment.server.identity.IdentityRoom.CLIENT;
import static dev.averment.server.identity.IdentityRoom.PASSWORD;
import static dev.averment.server.identity.IdentityRoom.done;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.IdentityRoom.Resident;
import dev.averment.server.identity.event.AuthEvents.Who;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.session.Sessions.Credentials;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change and the entry that says so: both or neither. */
@Asvs({"2.3.3", "16.5.3"})
class RollbackTest {
    private static IdentityRoom room;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        room = new IdentityRoom(folder);
    }

    @AfterAll
    static void close() throws Exception {
        room.close();
    }

    private static long everything() throws SQLException {
        return room.database.count("""
                select (select count(*) from evidence.leaf) + (select count(*) from evidence.disclosure)
                     + (select count(*) from evidence.pending) + (select count(*) from evidence.subject_key)
                     + (select count(*) from identity.account) + (select count(*) from identity.session)
                     + (select count(*) from identity.mailed_token) + (select count(*) from identity.password)""");
    }

    @Test
    void what_breaks_after_the_entry_was_made_leaves_neither_entry_nor_change() throws Exception {
        UUID account = room.resident().account();
        long before = everything();
        String name = "select count(*) from identity.account where name = 'Half Done'";
        assertThatThrownBy(() -> room.transactions.in(jdbc -> {
                    room.accounts.rename(jdbc, account, "Half Done");
                    room.events.record(jdbc, AuthOutcome.PASSWORD_CHANGED, new Who(account, null, CLIENT.address()));
                    throw new IllegalStateException("pulled the plug");
                }))
                .hasMessage("pulled the plug");
        assertThat(everything()).isEqualTo(before);
        assertThat(room.database.count(name)).isZero();
    }

    @Test
    void the_connection_that_is_cut_leaves_neither_entry_nor_change() throws Exception {
        UUID account = room.resident().account();
        long before = everything();
        assertThatThrownBy(() -> room.transactions.in(jdbc -> {
            room.accounts.rename(jdbc, account, "Half Done");
            room.events.record(jdbc, AuthOutcome.PASSWORD_CHANGED, new Who(account, null, CLIENT.address()));
            int backend =
                    jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
            try {
                room.database.asSuperuser("select pg_terminate_backend(" + backend + ")");
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
            return true;
        }));
        assertThat(everything()).isEqualTo(before);
    }

    /** The mail can't be written: nothing has happened, and the same attempt succeeds later. */
    @Test
    void a_sign_up_whose_mail_cannot_be_sent_did_not_happen() throws Exception {
        long before = everything();
        String email = "broken-mail@example.test";
        withoutOutbox(() -> assertThatThrownBy(() -> room.signUp.signUp(email, "Pat Person", PASSWORD, CLIENT))
                .isInstanceOf(UncheckedIOException.class));
        assertThat(everything()).isEqualTo(before);
        done(room.signUp.signUp(email, "Pat Person", PASSWORD, CLIENT));
        done(room.signUp.verify(room.code(email), CLIENT));
    }

    @Test
    void a_change_of_password_that_cannot_be_told_did_not_happen() throws Exception {
        Resident resident = room.resident();
        Credentials credentials = resident.signIn();
        var session = resident.session(credentials);
        long before = everything();
        withoutOutbox(() -> assertThatThrownBy(() ->
                        room.settings.changePassword(session, PASSWORD, "nine silver herons dancing", resident.client))
                .isInstanceOf(UncheckedIOException.class));
        assertThat(everything()).isEqualTo(before);
        assertThat(room.signIn.byAccessToken(credentials.accessToken())).isPresent();
        assertThat(resident.signIn().session()).isNotEqualTo(credentials.session());
    }

    @FunctionalInterface
    private interface Doing {
        void run() throws Exception;
    }

    private static void withoutOutbox(Doing doing) throws Exception {
        Path outbox = room.data.path("outbox");
        Path aside = room.data.path("outbox-aside");
        Files.move(outbox, aside);
        try {
            doing.run();
        } finally {
            Files.move(aside, outbox);
        }
    }
}
