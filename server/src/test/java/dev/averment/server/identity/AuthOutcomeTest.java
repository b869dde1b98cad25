package dev.averment.server.identity;

import static dev.averment.server.identity.IdentityRoom.done;
import static dev.averment.server.identity.IdentityRoom.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.identity.IdentityRoom.Resident;
import dev.averment.server.identity.event.AuthOutcome;
import dev.averment.server.identity.password.HashingPool;
import dev.averment.server.identity.password.PasswordPolicy;
import dev.averment.server.identity.password.Passwords;
import dev.averment.server.identity.password.Scheme;
import dev.averment.server.identity.password.StoredHash;
import dev.averment.server.identity.session.Session;
import dev.averment.server.identity.session.Sessions.Credentials;
import dev.averment.server.identity.token.ApiTokens;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Permission;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every outcome there is, caused as people and attackers cause it, and what the log has about it afterwards. */
class AuthOutcomeTest {
    private static final String OTHER = "nine silver herons dancing";

    private static IdentityRoom room;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        room = new IdentityRoom(folder);
    }

    @AfterAll
    static void close() throws Exception {
        room.close();
    }

    /** Somebody to whom it happens, and what must not be found in the log. */
    private static final class Scene {
        final Resident resident;
        final List<String> secrets = new ArrayList<>();
        int leavesBefore;
        int noticesBefore;
        String action = "";

        Scene(Resident resident) {
            this.resident = resident;
            secrets.addAll(List.of(resident.email, resident.client.address(), resident.password, OTHER));
        }

        /** From here on what happens is what the test is about. */
        void now() {
            leavesBefore = room.leaves(action).size();
            noticesBefore = notices();
        }

        int notices() {
            return (int) room.mails(resident.email).stream()
                    .filter(mail -> mail.contains("Something about your account has changed"))
                    .count();
        }

        Credentials signedIn() {
            Credentials credentials = resident.signIn();
            secrets.addAll(List.of(credentials.cookie(), credentials.refresh(), credentials.accessToken()));
            return credentials;
        }

        String code() {
            String code = resident.code();
            secrets.add(code);
            return code;
        }

        /** A workspace of the person's own, whose tokens the person may make. */
        Entrance door() {
            Session session = resident.session(signedIn());
            var person = new Caller.Person(session.account(), session.id(), true);
            UUID workspace = room.workspaces.create(person, "Works");
            return new Entrance(person, workspace, Permission.TOKENS_CHANGE);
        }

        ApiTokens.Made token(Entrance door) {
            return done(room.apiTokens.make(
                    door, "Nightly", Set.of(Permission.MEMBERS_READ), Duration.ofDays(1), resident.client));
        }
    }

    private static Map<AuthOutcome, Consumer<Scene>> causes() {
        Map<AuthOutcome, Consumer<Scene>> causes = new EnumMap<>(AuthOutcome.class);
        ways(causes);
        credentials(causes);
        return causes;
    }

    /** Ways in and out. */
    private static void ways(Map<AuthOutcome, Consumer<Scene>> causes) {
        causes.put(AuthOutcome.SIGNED_UP, s -> {
            s.now();
            String email = "new-" + s.resident.email;
            s.secrets.add(email);
            done(room.signUp.signUp(email, "New Person", OTHER, s.resident.client));
        });
        causes.put(AuthOutcome.SIGN_UP_REPEATED, s -> {
            s.now();
            done(room.signUp.signUp(s.resident.email, "Mallory", OTHER, s.resident.client));
        });
        causes.put(AuthOutcome.ADDRESS_VERIFIED, s -> {
            Resident newcomer = room.newcomer();
            s.secrets.addAll(List.of(newcomer.email, newcomer.client.address(), newcomer.code()));
            s.now();
            done(room.signUp.verify(newcomer.code(), newcomer.client));
        });
        causes.put(AuthOutcome.SIGNED_IN, s -> {
            s.now();
            s.signedIn();
        });
        causes.put(AuthOutcome.SIGN_IN_UNKNOWN, s -> {
            s.now();
            String email = "nobody-" + s.resident.email;
            s.secrets.add(email);
            refused(room.signIn.byPassword(email, OTHER, s.resident.client));
        });
        causes.put(AuthOutcome.SIGN_IN_WRONG_PASSWORD, s -> {
            s.now();
            refused(room.signIn.byPassword(s.resident.email, OTHER, s.resident.client));
        });
        causes.put(AuthOutcome.SIGN_IN_UNVERIFIED, s -> {
            Resident newcomer = room.newcomer();
            s.secrets.addAll(List.of(newcomer.email, newcomer.client.address()));
            s.now();
            refused(room.signIn.byPassword(newcomer.email, newcomer.password, newcomer.client));
        });
        causes.put(AuthOutcome.SIGN_IN_DISABLED, s -> {
            disable(s.resident);
            s.now();
            refused(room.signIn.byPassword(s.resident.email, s.resident.password, s.resident.client));
        });
        causes.put(AuthOutcome.SIGN_IN_LIMITED, s -> {
            for (int i = 0; i < 20; i++) {
                refused(room.signIn.byPassword(s.resident.email, OTHER, s.resident.client));
            }
            s.now();
            assertThat(refused(room.signIn.byPassword(s.resident.email, s.resident.password, s.resident.client)))
                    .isInstanceOf(Refusal.Limited.class);
        });
        causes.put(AuthOutcome.SIGN_IN_SHED, s -> {
            s.now();
            var closed = new HashingPool(1, 1, Duration.ofSeconds(1));
            closed.close();
            var overloaded = room.signIn(new Passwords(new PasswordPolicy(IdentityRoom.QUICK), closed));
            assertThat(refused(overloaded.byPassword(s.resident.email, s.resident.password, s.resident.client)))
                    .isInstanceOf(Refusal.Overloaded.class);
        });
        causes.put(AuthOutcome.SIGNED_OUT, s -> {
            Credentials credentials = s.signedIn();
            s.now();
            room.signIn.signOut(s.resident.session(credentials), s.resident.client);
        });
        causes.put(AuthOutcome.SESSION_REFRESHED, s -> {
            Credentials credentials = s.signedIn();
            s.now();
            Credentials next = done(room.signIn.refresh(credentials.refresh(), s.resident.client));
            s.secrets.addAll(List.of(next.refresh(), next.accessToken()));
        });
        causes.put(AuthOutcome.REFRESH_REFUSED, s -> {
            s.secrets.add("v1.none.of.ours");
            s.now();
            refused(room.signIn.refresh("v1.none.of.ours", s.resident.client));
        });
        causes.put(AuthOutcome.REFRESH_REUSED, s -> {
            String first = s.signedIn().refresh();
            Credentials second = done(room.signIn.refresh(first, s.resident.client));
            done(room.signIn.refresh(second.refresh(), s.resident.client));
            s.now();
            refused(room.signIn.refresh(first, s.resident.client));
        });
        causes.put(AuthOutcome.SESSION_ENDED, s -> {
            Credentials here = s.signedIn();
            Credentials there = s.signedIn();
            s.now();
            done(room.settings.endSession(s.resident.session(here), there.session(), s.resident.client));
        });
        causes.put(AuthOutcome.SESSIONS_ENDED, s -> {
            Credentials here = s.signedIn();
            s.now();
            room.settings.endSessions(s.resident.session(here), s.resident.client);
        });
    }

    /** Changes of what signs somebody in. */
    private static void credentials(Map<AuthOutcome, Consumer<Scene>> causes) {
        causes.put(AuthOutcome.RESET_REQUESTED, s -> {
            s.now();
            done(room.reset.request(s.resident.email, s.resident.client));
            s.code();
        });
        causes.put(AuthOutcome.RESET_UNKNOWN, s -> {
            s.now();
            done(room.reset.request("nobody-" + s.resident.email, s.resident.client));
        });
        causes.put(AuthOutcome.PASSWORD_RESET, s -> {
            done(room.reset.request(s.resident.email, s.resident.client));
            String code = s.code();
            s.now();
            done(room.reset.confirm(code, OTHER, s.resident.client));
        });
        causes.put(AuthOutcome.PASSWORD_CHANGED, s -> {
            Credentials credentials = s.signedIn();
            s.now();
            done(room.settings.changePassword(
                    s.resident.session(credentials), s.resident.password, OTHER, s.resident.client));
        });
        causes.put(AuthOutcome.PASSWORD_UPGRADED, s -> {
            String old =
                    StoredHash.make(s.resident.password, new Scheme.Bcrypt(10)).encoded();
            superuser("update identity.password set encoded = '" + old + "' where account_id = '" + account(s.resident)
                    + "'");
            s.now();
            s.signedIn();
        });
        causes.put(AuthOutcome.PASSWORD_CHANGE_REFUSED, s -> {
            Credentials credentials = s.signedIn();
            s.now();
            refused(room.settings.changePassword(
                    s.resident.session(credentials), "not the one at all", OTHER, s.resident.client));
        });
        causes.put(AuthOutcome.ADDRESS_CHANGE_REQUESTED, s -> {
            Credentials credentials = s.signedIn();
            s.now();
            s.secrets.add("moved-" + s.resident.email);
            done(room.settings.changeAddress(
                    s.resident.session(credentials), "moved-" + s.resident.email, s.resident.client));
        });
        causes.put(AuthOutcome.ADDRESS_CHANGED, s -> {
            Credentials credentials = s.signedIn();
            String moved = "moved-" + s.resident.email;
            done(room.settings.changeAddress(s.resident.session(credentials), moved, s.resident.client));
            s.secrets.addAll(List.of(moved, room.code(moved)));
            s.now();
            done(room.settings.confirmAddress(room.code(moved), s.resident.client));
        });
        causes.put(AuthOutcome.MAILED_TOKEN_REFUSED, s -> {
            String none = "A".repeat(43);
            s.secrets.add(none);
            s.now();
            refused(room.signUp.verify(none, s.resident.client));
        });
        causes.put(AuthOutcome.PROOF_REPEATED, s -> {
            Credentials credentials = s.signedIn();
            s.now();
            done(room.settings.prove(s.resident.session(credentials), s.resident.password, s.resident.client));
        });
        causes.put(AuthOutcome.PROOF_REFUSED, s -> {
            Credentials credentials = s.signedIn();
            s.now();
            refused(room.settings.prove(s.resident.session(credentials), OTHER, s.resident.client));
        });
        causes.put(AuthOutcome.API_TOKEN_MADE, s -> {
            Entrance door = s.door();
            s.now();
            s.secrets.add(s.token(door).text());
        });
        causes.put(AuthOutcome.API_TOKEN_REVOKED, s -> {
            Entrance door = s.door();
            ApiTokens.Made made = s.token(door);
            s.now();
            done(room.apiTokens.revoke(door, made.token().id(), s.resident.client));
        });
        causes.put(AuthOutcome.API_TOKEN_REFUSED, s -> {
            Entrance door = s.door();
            ApiTokens.Made made = s.token(door);
            done(room.apiTokens.revoke(door, made.token().id(), s.resident.client));
            s.secrets.add(made.text());
            s.now();
            assertThat(room.apiTokens.caller(made.text(), s.resident.client)).isEmpty();
        });
        causes.put(AuthOutcome.ACCOUNT_DELETED, s -> {
            Credentials credentials = s.signedIn();
            s.now();
            done(room.settings.delete(s.resident.session(credentials), _ -> Outcome.done(true), s.resident.client));
        });
    }

    private static void disable(Resident resident) {
        superuser("update identity.account set disabled_at = now() where account_id = '" + account(resident) + "'");
    }

    private static String account(Resident resident) {
        try {
            return resident.account().toString();
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void superuser(String statement) {
        try {
            room.database.asSuperuser(statement);
        } catch (java.sql.SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    @Asvs("16.1.1")
    void every_outcome_has_a_test_that_causes_it() {
        // Those of second factors and of providers are caused over HTTP, in FactorOutcomesTest and
        // ProviderOutcomesTest, which
        // walk them as well.
        assertThat(causes().keySet())
                .containsExactlyInAnyOrderElementsOf(java.util.Arrays.stream(AuthOutcome.values())
                        .filter(o -> !o.name().matches("(FACTOR|RECOVERY_CODE|PASSKEY|OPERATOR_FACTOR|PROVIDER).*"))
                        .toList());
    }

    /** One entry each, that says what, who, when, and how it ended; and nothing that it should not say. */
    @TestFactory
    @Asvs({"6.3.7", "16.2.1", "16.2.5", "16.3.1", "16.3.3", "16.4.1"})
    List<DynamicTest> each_outcome_leaves_one_entry_without_anything_personal_or_secret() {
        List<DynamicTest> tests = new ArrayList<>();
        causes().forEach((outcome, cause) -> tests.add(DynamicTest.dynamicTest(outcome.name(), () -> {
            var scene = new Scene(room.resident());
            scene.action = outcome.action();
            String account = account(scene.resident);
            cause.accept(scene);
            List<Leaf> all = room.leaves(outcome.action());
            assertThat(all).hasSize(scene.leavesBefore + 1);
            Leaf leaf = all.getLast();
            assertThat(leaf.json().string("category")).isEqualTo("auth");
            assertThat(leaf.json().object("outcome").string("result"))
                    .isEqualTo(outcome.result().word());
            assertThat(leaf.json().string("time")).startsWith("2026-");
            String actor = leaf.json().object("actor").string("id");
            if (leaf.json().object("actor").string("type").equals("anonymous")) {
                assertThat(actor).isEqualTo("unknown");
            } else if (outcome != AuthOutcome.SIGNED_UP
                    && outcome != AuthOutcome.ADDRESS_VERIFIED
                    && outcome != AuthOutcome.SIGN_IN_UNVERIFIED) {
                assertThat(actor).isEqualTo(account);
            }
            String text = new String(leaf.bytes(), StandardCharsets.UTF_8);
            for (String secret : scene.secrets) {
                assertThat(text).doesNotContain(secret);
            }
            assertThat(text).doesNotContain("@", "Testing/1.0", "Rosa");
            // One digest: the client's address, whose value lies beside the log.
            assertThat(leaf.json().array("_sd").strings()).hasSize(1);
            assertThat(scene.notices() - scene.noticesBefore)
                    .as("mail to the person")
                    .isEqualTo(outcome.notified() ? 1 : 0);
            room.clock.step(Duration.ofHours(2));
        })));
        return tests;
    }
}
