package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.server.fixture.AuthenticatorApp;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.ShiftedClock;
import dev.averment.server.fixture.SoftKey;
import dev.averment.server.identity.event.AuthOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ASVS 16.3.1, 16.2.1, 6.3.7: everything that can become of a factor leaves one entry in the log, and what its owner has to know
 * is mailed. The list of outcomes is walked to its end.
 */
class FactorOutcomesTest {
    private static final ShiftedClock CLOCK = new ShiftedClock();

    @TempDir
    private static Path data;

    private static RunningServer server;

    private final Set<AuthOutcome> seen = EnumSet.noneOf(AuthOutcome.class);

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data, CLOCK);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private interface Act {
        Answer done() throws Exception;
    }

    private static List<String> entries() {
        return server.bean(IdentityTransactions.class)
                .in(jdbc -> jdbc.sql("select action from evidence.leaf where action like 'auth.%' order by action")
                        .query(String.class)
                        .list());
    }

    private static long mails(Person person) throws IOException {
        try (var files = Files.list(data.resolve("outbox"))) {
            long count = 0;
            for (Path file : files.toList()) {
                if (Files.readString(file).contains("\r\nTo: " + person.email + "\r\n")) {
                    count++;
                }
            }
            return count;
        }
    }

    /** Does something, and demands that these entries and no others came of it. */
    private Answer causes(Person person, Act act, AuthOutcome... outcomes) throws Exception {
        List<String> before = entries();
        long mailed = mails(person);
        Answer answer = act.done();
        List<String> after = new ArrayList<>(entries());
        before.forEach(after::remove);
        assertThat(after)
                .as(answer.toString())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(outcomes).map(AuthOutcome::action).toList());
        boolean told = Arrays.stream(outcomes).anyMatch(AuthOutcome::notified);
        assertThat(mails(person) - mailed).as("mails of " + after).isEqualTo(told ? 1 : 0);
        seen.addAll(List.of(outcomes));
        return answer;
    }

    @Test
    void every_outcome_of_a_factor_leaves_one_entry_and_tells_its_owner() throws Exception {
        Person person = Person.signedIn(server);
        CLOCK.nextStep();
        Answer begun =
                causes(person, () -> person.send("POST", "/api/v1/account/factors/totp"), AuthOutcome.FACTOR_OFFERED);
        var app = new AuthenticatorApp(Person.member(begun, "secret"), CLOCK);
        String confirm = "/api/v1/account/factors/totp/confirm";
        causes(
                person,
                () -> person.send("POST", confirm, "code", app.wrongCode()),
                AuthOutcome.FACTOR_ENROLMENT_REFUSED);
        causes(person, () -> person.send("POST", confirm, "code", app.code()), AuthOutcome.FACTOR_ENROLLED);
        Answer codes = causes(
                person,
                () -> person.send("POST", "/api/v1/account/factors/recovery-codes"),
                AuthOutcome.RECOVERY_CODES_MADE);
        String code = codes.body().replaceAll("(?s).*?\"([0-9a-z-]{29})\".*", "$1");

        causes(person, person::signIn, AuthOutcome.FACTOR_ASKED);
        causes(person, () -> person.secondFactor("totp", app.code()), AuthOutcome.FACTOR_REPLAYED);
        causes(person, () -> person.secondFactor("totp", app.wrongCode()), AuthOutcome.FACTOR_REFUSED);
        CLOCK.skip(Duration.ofMinutes(4));
        CLOCK.nextStep();
        causes(
                person,
                () -> person.secondFactor("totp", app.code()),
                AuthOutcome.FACTOR_ACCEPTED,
                AuthOutcome.SIGNED_IN);
        causes(person, () -> person.secondFactor("totp", app.code(1)), AuthOutcome.FACTOR_TICKET_REFUSED);

        CLOCK.skip(Duration.ofMinutes(10));
        person.signIn();
        causes(
                person,
                () -> person.secondFactor("recovery-code", code),
                AuthOutcome.RECOVERY_CODE_USED,
                AuthOutcome.SIGNED_IN);
        person.signIn();
        for (int i = 0; i < 4; i++) {
            person.secondFactor("totp", app.wrongCode());
        }
        causes(person, () -> person.secondFactor("totp", app.wrongCode()), AuthOutcome.FACTOR_LIMITED);
        causes(person, () -> person.delete("/api/v1/account/factors/totp"), AuthOutcome.FACTOR_REMOVED);

        var key = new SoftKey("https://evil.example");
        key.counter = 5;
        causes(person, () -> person.enrolPasskey(key), AuthOutcome.PASSKEY_ENROLMENT_REFUSED);
        key.origin = "https://localhost:" + server.port();
        String id = Person.member(causes(person, () -> person.enrolPasskey(key), AuthOutcome.PASSKEY_ENROLLED), "id");
        causes(person, () -> person.signIn(key), AuthOutcome.PASSKEY_ACCEPTED, AuthOutcome.SIGNED_IN);
        key.userVerified = false;
        causes(person, () -> person.signIn(key), AuthOutcome.PASSKEY_REFUSED);
        key.userVerified = true;
        key.counter = 1;
        causes(person, () -> person.signIn(key), AuthOutcome.PASSKEY_COUNTER_REGRESSED);
        causes(person, () -> person.delete("/api/v1/account/factors/passkeys/" + id), AuthOutcome.PASSKEY_REMOVED);

        var access = server.prepared().access();
        try (var c = access.connect(access.administrator());
                var s = c.prepareStatement("update identity.account set operator = true where email = ?")) {
            s.setString(1, person.email);
            s.executeUpdate();
        }
        causes(person, person::signIn, AuthOutcome.SIGNED_IN, AuthOutcome.OPERATOR_FACTOR_MISSING);

        Set<AuthOutcome> all = Arrays.stream(AuthOutcome.values())
                .filter(o -> o.name().matches("(FACTOR|RECOVERY_CODE|PASSKEY|OPERATOR_FACTOR).*"))
                .collect(Collectors.toSet());
        assertThat(seen).containsAll(all);
    }
}
