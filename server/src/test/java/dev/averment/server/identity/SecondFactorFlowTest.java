package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.AuthenticatorApp;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.ShiftedClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Authenticator apps and recovery codes, over HTTPS against a whole server whose clock the test turns. */
class SecondFactorFlowTest {
    private static final Pattern RECOVERY_CODE = Pattern.compile("[0-9a-z]{5}(-[0-9a-z]{5}){4}");
    private static final ShiftedClock CLOCK = new ShiftedClock();

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, CLOCK);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** So that no span of thirty seconds ends in the middle of a test. */
    @BeforeEach
    void early_in_a_step() {
        CLOCK.nextStep();
    }

    private static List<String> recoveryCodes(Person person) throws Exception {
        Answer answer = person.send("POST", "/api/v1/account/factors/recovery-codes");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return RECOVERY_CODE
                .matcher(answer.body())
                .results()
                .map(r -> r.group())
                .toList();
    }

    /** Entries of the log about this person, newest last. */
    private static List<String> log(Person person) throws Exception {
        String id = Person.member(person.get("/api/v1/account"), "id");
        return server.bean(IdentityTransactions.class)
                .in(jdbc -> jdbc.sql("""
                        select action from evidence.leaf
                         where position(? in convert_from(bytes, 'UTF8')) > 0 and action like 'auth.%'
                         order by leaf_id""").param(id).query(String.class).list());
    }

    /** ASVS 6.3.3, 6.5.1: the password alone opens nothing, and the ticket it gives is good once. */
    @Asvs("6.3.3")
    @Test
    void signing_in_takes_the_second_factor_and_the_session_says_so() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        person.accessToken = "";
        person.refresh = "";
        CLOCK.nextStep();

        Answer first = person.signIn();
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).contains("\"next\":\"second-factor\"", "\"methods\":[\"totp\"]");
        assertThat(first.header("set-cookie")).isEmpty();
        assertThat(person.accessToken).isEmpty();

        Answer second = person.secondFactor("totp", app.code());
        assertThat(second.status()).isEqualTo(200);
        assertThat(person.get("/api/v1/account/sessions").body()).contains("\"factors\":[\"password\",\"totp\"]");
        CLOCK.nextStep();
        assertThat(person.secondFactor("totp", app.code()).status())
                .as("the ticket again")
                .isEqualTo(400);
        assertThat(log(person))
                .containsSubsequence("auth.factor_offered", "auth.factor_enrolled", "auth.factor_asked")
                .endsWith("auth.factor_asked", "auth.factor_accepted", "auth.signed_in");
    }

    /** ASVS 6.5.1: a code is good once: that of the enrolment too, and across tickets. */
    @Test
    void a_code_that_was_used_is_refused() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        person.signIn();
        assertThat(person.secondFactor("totp", app.code()).status())
                .as("the code of the enrolment")
                .isEqualTo(401);
        CLOCK.nextStep();
        assertThat(person.secondFactor("totp", app.code()).status()).isEqualTo(200);
        person.signIn();
        assertThat(person.secondFactor("totp", app.code()).status())
                .as("the code of the sign-in before")
                .isEqualTo(401);
        assertThat(person.secondFactor("totp", app.code(-1)).status())
                .as("an older code")
                .isEqualTo(401);
        assertThat(log(person)).containsSubsequence("auth.factor_replayed", "auth.signed_in", "auth.factor_replayed");
    }

    /** ASVS 15.4.2: of many requests with one code at the same moment, exactly one gets in. */
    @Test
    void parallel_uses_of_one_code_open_one_session() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        CLOCK.nextStep();
        var tickets = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            person.signIn();
            tickets.add(person.ticket);
        }
        String code = app.code();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> tries = tickets.stream()
                    .map(ticket -> (Callable<Integer>) () -> person.post(
                                    "/api/v1/auth/second-factor", "ticket", ticket, "method", "totp", "code", code)
                            .status())
                    .toList();
            var statuses = new ArrayList<Integer>();
            for (Future<Integer> done : threads.invokeAll(tries)) {
                statuses.add(done.get());
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 401, 401, 401);
        }
    }

    @Asvs("6.5.8")
    @Test
    void clocks_may_be_off_by_one_step_and_not_by_two() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        CLOCK.nextStep();
        CLOCK.nextStep();
        CLOCK.nextStep();
        person.signIn();
        assertThat(person.secondFactor("totp", app.code(-2)).status()).isEqualTo(401);
        assertThat(person.secondFactor("totp", app.code(2)).status()).isEqualTo(401);
        assertThat(person.secondFactor("totp", app.code(-1)).status()).isEqualTo(200);
        person.signIn();
        assertThat(person.secondFactor("totp", app.code(1)).status()).isEqualTo(200);
    }

    /** ASVS 6.6.3: tries are counted by account, so that another ticket buys no more of them. */
    @Test
    @Asvs("6.3.5")
    void guesses_are_limited_across_tickets_and_the_owner_is_told() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        CLOCK.skip(Duration.ofMinutes(15));
        CLOCK.nextStep();
        for (int i = 0; i < 5; i++) {
            person.signIn();
            assertThat(person.secondFactor("totp", app.wrongCode()).status()).isEqualTo(401);
        }
        person.signIn();
        Answer limited = person.secondFactor("totp", app.code());
        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.header("retry-after")).isPresent();
        assertThat(person.mail().orElseThrow()).contains("tried too many codes");
        CLOCK.skip(Duration.ofMinutes(15));
        CLOCK.nextStep();
        person.signIn();
        assertThat(person.secondFactor("totp", app.code()).status()).isEqualTo(200);
        assertThat(log(person)).contains("auth.factor_refused", "auth.factor_limited");
    }

    @Test
    void a_ticket_is_good_for_five_minutes_and_for_its_account_only() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        Person other = Person.signedIn(server);
        AuthenticatorApp others = other.enrolApp();
        CLOCK.nextStep();
        person.signIn();
        other.signIn();
        String mine = person.ticket;
        person.ticket = other.ticket;
        assertThat(person.secondFactor("totp", app.code()).status())
                .as("a code of mine with a ticket of another")
                .isEqualTo(401);
        assertThat(other.secondFactor("totp", others.code()).status()).isEqualTo(200);
        person.ticket = mine;
        CLOCK.skip(Duration.ofMinutes(5));
        assertThat(person.secondFactor("totp", app.code()).status()).isEqualTo(400);
        person.ticket = "x".repeat(43);
        assertThat(person.secondFactor("totp", app.code()).status()).isEqualTo(400);
    }

    /** ASVS 6.4.3: who reads the mailbox gets a new password, and no further; tickets of the old one are void. */
    @Test
    @Asvs({"6.3.6", "6.4.4"})
    void a_password_reset_does_not_get_past_the_factor() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        CLOCK.nextStep();
        person.signIn();
        person.post("/api/v1/auth/reset", "email", person.email);
        String code = person.mailedCode();
        // With a second factor eight characters are enough.
        person.password = "tR7#kw9z";
        assertThat(person.post("/api/v1/auth/reset/confirm", "code", code, "password", person.password)
                        .status())
                .isEqualTo(204);
        assertThat(person.secondFactor("totp", app.code()).status())
                .as("the ticket of before")
                .isEqualTo(400);
        assertThat(person.signIn().body()).contains("\"next\":\"second-factor\"");
        assertThat(person.secondFactor("totp", app.code()).status()).isEqualTo(200);

        assertThat(person.delete("/api/v1/account/factors/totp").body())
                .as("a short password needs the factor")
                .contains("password-needs-factor");
    }

    /** ASVS 7.5.1: no change of factors without a fresh proof, and the proof takes the factor too. */
    @Asvs({"6.4.4", "6.5.6"})
    @Test
    void factors_are_changed_only_after_a_proof_that_shows_them() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        CLOCK.skip(Duration.ofMinutes(11));
        CLOCK.nextStep();
        assertThat(person.delete("/api/v1/account/factors/totp").status()).isEqualTo(403);
        assertThat(person.send("POST", "/api/v1/account/factors/totp").status()).isEqualTo(403);
        assertThat(person.send("POST", "/api/v1/account/factors/recovery-codes").status())
                .isEqualTo(403);

        assertThat(person.prove().body()).contains("\"next\":\"second-factor\"");
        assertThat(person.delete("/api/v1/account/factors/totp").status())
                .as("the password alone is half a proof")
                .isEqualTo(403);
        Person thief = Person.signedIn(server);
        thief.ticket = person.ticket;
        assertThat(thief.prove("totp", app.code()).status())
                .as("the ticket in another session")
                .isEqualTo(400);
        assertThat(person.secondFactor("totp", app.code()).status())
                .as("the ticket for a sign-in")
                .isEqualTo(400);
        assertThat(person.prove("totp", app.code()).status()).isEqualTo(204);
        assertThat(person.delete("/api/v1/account/factors/totp").status()).isEqualTo(204);
        assertThat(person.mail().orElseThrow()).contains("authenticator app of your account was removed");
        assertThat(person.signIn().body()).contains("accessToken");
        assertThat(log(person)).contains("auth.factor_removed", "auth.proof_repeated");
    }

    /** ASVS 7.4.3: sessions that were opened without the factor do not outlive its enrolment. */
    @Test
    void enrolling_ends_the_other_sessions() throws Exception {
        Person person = Person.signedIn(server);
        String elsewhere = person.accessToken;
        person.signIn();
        person.enrolApp();
        assertThat(person.get("/api/v1/account").status()).isEqualTo(200);
        assertThat(person.mail().orElseThrow()).contains("authenticator app was enrolled");
        person.accessToken = elsewhere;
        assertThat(person.get("/api/v1/account").status()).isEqualTo(401);
    }

    @Test
    void an_enrolment_counts_once_its_code_was_shown() throws Exception {
        Person person = Person.signedIn(server);
        Answer begun = person.send("POST", "/api/v1/account/factors/totp");
        var app = new AuthenticatorApp(Person.member(begun, "secret"), CLOCK);
        assertThat(app.seed()).hasSize(20);
        assertThat(begun.body()).contains("otpauth://totp/localhost:", "<svg ");
        assertThat(begun.header("cache-control").orElse("")).contains("no-store");
        assertThat(person.send("POST", "/api/v1/account/factors/totp/confirm", "code", app.wrongCode())
                        .status())
                .isEqualTo(401);
        assertThat(person.signIn().body()).contains("accessToken");
        CLOCK.skip(Duration.ofMinutes(16));
        person.refresh();
        assertThat(person.prove().status()).isEqualTo(204);
        assertThat(person.send("POST", "/api/v1/account/factors/totp/confirm", "code", app.code())
                        .status())
                .as("a seed that was shown long ago")
                .isEqualTo(401);
        assertThat(log(person)).contains("auth.factor_enrolment_refused");
    }

    @Test
    void a_new_app_takes_the_place_of_the_old_one() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp old = person.enrolApp();
        AuthenticatorApp fresh = person.enrolApp();
        CLOCK.nextStep();
        person.signIn();
        assertThat(person.secondFactor("totp", old.code()).status()).isEqualTo(401);
        assertThat(person.secondFactor("totp", fresh.code()).status()).isEqualTo(200);
    }

    /** ASVS 6.5.1, 6.5.2: a recovery code gets somebody in once, and its digest is all that is kept. */
    @Asvs({"6.5.2", "6.5.4"})
    @Test
    void a_recovery_code_works_once() throws Exception {
        Person person = Person.signedIn(server);
        assertThat(person.send("POST", "/api/v1/account/factors/recovery-codes").status())
                .as("there is nothing to recover")
                .isEqualTo(422);
        person.enrolApp();
        List<String> codes = recoveryCodes(person);
        assertThat(codes)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(c ->
                        // 25 letters out of 32: 125 bits.
                        c.matches("([0-9a-hjkmnp-tv-z]{5}-){4}[0-9a-hjkmnp-tv-z]{5}"));
        String code = codes.getFirst();

        assertThat(person.signIn().body()).contains("\"methods\":[\"totp\",\"recovery-code\"]");
        assertThat(person.secondFactor(
                                "recovery-code",
                                code.toUpperCase(java.util.Locale.ROOT).replace("-", " "))
                        .status())
                .isEqualTo(200);
        assertThat(person.mail().orElseThrow()).contains("9 are left");
        assertThat(person.get("/api/v1/account/factors").body()).contains("\"recoveryCodesLeft\":9");
        assertThat(person.get("/api/v1/account/sessions").body())
                .contains("\"factors\":[\"password\",\"recovery-code\"]");
        person.signIn();
        assertThat(person.secondFactor("recovery-code", code).status()).isEqualTo(401);

        List<String> fresh = recoveryCodes(person);
        assertThat(person.secondFactor("recovery-code", codes.get(1)).status())
                .as("a code from before new ones were made")
                .isEqualTo(401);
        assertThat(person.secondFactor("recovery-code", fresh.get(1)).status()).isEqualTo(200);
        assertThat(log(person)).contains("auth.recovery_codes_made", "auth.recovery_code_used", "auth.factor_replayed");
    }

    /** ASVS 16.2.5: neither the log nor what is stored holds a secret of a factor. */
    @Test
    void nothing_that_is_stored_holds_a_secret() throws Exception {
        Person person = Person.signedIn(server);
        AuthenticatorApp app = person.enrolApp();
        List<String> codes = recoveryCodes(person);
        person.signIn();
        person.secondFactor("recovery-code", codes.getFirst());
        List<String> secrets = new ArrayList<>(codes);
        secrets.add(person.ticket);
        codes.forEach(code -> secrets.add(code.replace("-", "")));
        String stored = server.bean(IdentityTransactions.class)
                .in(jdbc -> jdbc.sql("""
                        select string_agg(line, ' ') from (
                          select convert_from(bytes, 'UTF8') as line from evidence.leaf where action like 'auth.%'
                          union all select t::text from identity.totp t
                          union all select t::text from identity.recovery_code t
                          union all select t::text from identity.ticket t) as lines""").query(String.class).single());
        assertThat(stored).contains("auth.factor_enrolled").doesNotContain(secrets.toArray(String[]::new));
        assertThat(stored).doesNotContain(java.util.HexFormat.of().formatHex(app.seed()));
    }
}
