package dev.averment.server.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.AuthenticatorApp;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import dev.averment.server.fixture.ShiftedClock;
import dev.averment.server.fixture.SoftKey;
import dev.averment.server.fixture.SoftKey.Maker;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passkeys, over HTTPS against a whole server, with an authenticator in software. */
class PasskeyFlowTest {
    private static final ShiftedClock CLOCK = new ShiftedClock();
    private static final UUID MODEL = UUID.fromString("2fc0579f-8113-47ea-b116-bb5a8db9202a");
    private static final Maker TRUSTED = Maker.of("Locksmith", MODEL, CLOCK.instant());
    private static final Maker UNKNOWN = Maker.of("Tinkerer", MODEL, CLOCK.instant());

    @TempDir
    private static Path data;

    private static RunningServer server;

    @BeforeAll
    static void start() throws Exception {
        Files.writeString(data.resolve("VERSION"), "1\n");
        Files.writeString(data.resolve("attestation-roots.pem"), TRUSTED.root());
        server = RunningServer.start(data, CLOCK);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String origin() {
        return "https://localhost:" + server.port();
    }

    private static Person with(SoftKey key) throws Exception {
        Person person = Person.signedIn(server);
        Answer enrolled = person.enrolPasskey(key);
        assertThat(enrolled.status()).as(enrolled.body()).isEqualTo(201);
        return person;
    }

    private static List<String> log(String action) {
        return server.bean(IdentityTransactions.class)
                .in(jdbc -> jdbc.sql(
                                "select convert_from(bytes, 'UTF8') from evidence.leaf where action = ? order by leaf_id")
                        .param(action)
                        .query(String.class)
                        .list());
    }

    /** ASVS 6.3.3, 6.5.7: a passkey that asks for a fingerprint or PIN signs in alone. */
    @Asvs({"6.3.3", "6.5.7"})
    @Test
    void a_passkey_signs_in_by_itself() throws Exception {
        var key = new SoftKey(origin());
        Person person = with(key);
        assertThat(person.mail().orElseThrow()).contains("passkey was enrolled");
        person.accessToken = "";
        assertThat(person.signIn(key).status()).isEqualTo(200);
        assertThat(person.get("/api/v1/account/sessions").body()).contains("\"factors\":[\"passkey\"]");
        assertThat(Person.member(person.get("/api/v1/account"), "email")).isEqualTo(person.email);
        assertThat(log("auth.passkey_accepted").getLast()).contains("\"hardware\":false", "\"userVerified\":true");
    }

    @Test
    void a_passkey_that_stands_alone_must_ask_for_the_person() throws Exception {
        var key = new SoftKey(origin());
        key.userVerified = false;
        Person person = with(key);
        assertThat(person.signIn(key).status()).isEqualTo(422);
        assertThat(log("auth.passkey_refused").getLast()).contains("user-not-verified");
        person.signIn();
        assertThat(person.secondFactor(key).status())
                .as("beside a password it need not")
                .isEqualTo(200);
        assertThat(person.get("/api/v1/account/sessions").body()).contains("\"factors\":[\"passkey\",\"password\"]");
    }

    /** ASVS 6.5.1: what a passkey signed is good once. */
    @Test
    void an_answer_is_good_once_and_for_its_purpose() throws Exception {
        var key = new SoftKey(origin());
        Person person = with(key);
        String challenge = Person.member(person.post("/api/v1/auth/passkey/options"), "challenge");
        JsonObject answer = key.sign(challenge);
        assertThat(person.post("/api/v1/auth/passkey", answer).status()).isEqualTo(200);
        assertThat(person.post("/api/v1/auth/passkey", answer).status()).isEqualTo(422);
        assertThat(log("auth.passkey_refused").getLast()).contains("\"reason\":\"challenge\"");

        String old = Person.member(person.post("/api/v1/auth/passkey/options"), "challenge");
        CLOCK.skip(Duration.ofMinutes(5));
        assertThat(person.post("/api/v1/auth/passkey", key.sign(old)).status()).isEqualTo(422);

        person.signIn();
        String beside = Person.member(
                person.post("/api/v1/auth/second-factor/passkey/options", "ticket", person.ticket), "challenge");
        assertThat(person.post("/api/v1/auth/passkey", key.sign(beside)).status())
                .as("a challenge for a second factor")
                .isEqualTo(422);
        assertThat(person.post("/api/v1/auth/passkey", key.sign(SoftKey.encoded(new byte[32])))
                        .status())
                .as("a challenge that nobody made")
                .isEqualTo(422);
    }

    @Test
    void an_answer_that_was_made_elsewhere_or_altered_is_refused() throws Exception {
        var key = new SoftKey(origin());
        Person person = with(key);
        key.origin = "https://localhost.evil.example";
        assertThat(person.signIn(key).status()).as("another origin").isEqualTo(422);
        key.origin = origin();
        key.rpId = "evil.example";
        assertThat(person.signIn(key).status()).as("another site").isEqualTo(422);
        key.rpId = "localhost";
        key.userPresent = false;
        assertThat(person.signIn(key).status()).as("nobody there").isEqualTo(422);
        key.userPresent = true;
        key.synced = true;
        assertThat(person.signIn(key).status())
                .as("a key that could not be copied and now can")
                .isEqualTo(422);
        key.synced = false;

        var other = new SoftKey(origin());
        other.credential = key.credential;
        other.userHandle = key.userHandle;
        assertThat(person.signIn(other).status()).as("another key").isEqualTo(422);
        String challenge = Person.member(person.post("/api/v1/auth/passkey/options"), "challenge");
        for (String member : List.of("clientDataJSON", "authenticatorData")) {
            assertThat(person.post("/api/v1/auth/passkey", key.sign(challenge).with(member, "AAAA"))
                            .status())
                    .as(member)
                    .isEqualTo(422);
        }
        assertThat(person.post("/api/v1/auth/passkey", key.sign(challenge).with("signature", "AAAA"))
                        .status())
                .as("no signature")
                .isEqualTo(422);
        assertThat(person.post("/api/v1/auth/passkey", key.sign(challenge).with("id", "not base64!"))
                        .body())
                .contains("malformed-credential");
        assertThat(person.signIn(key).status()).as("and the good one").isEqualTo(200);
    }

    @Test
    void a_passkey_gets_into_no_account_but_its_own() throws Exception {
        var mine = new SoftKey(origin());
        Person person = with(mine);
        var theirs = new SoftKey(origin());
        with(theirs);
        byte[] handle = mine.userHandle;
        mine.userHandle = theirs.userHandle;
        assertThat(person.signIn(mine).status()).as("somebody else's name").isEqualTo(422);
        mine.userHandle = new byte[0];
        assertThat(person.signIn(mine).status()).as("no name").isEqualTo(422);
        mine.userHandle = handle;
        person.signIn();
        assertThat(person.secondFactor(theirs).status()).isEqualTo(422);
        assertThat(person.secondFactor(mine).status()).isEqualTo(200);
    }

    @Test
    void a_counter_that_does_not_rise_is_refused_logged_and_told() throws Exception {
        var key = new SoftKey(origin());
        key.counter = 7;
        Person person = with(key);
        assertThat(person.signIn(key).status()).isEqualTo(200);
        key.counter = 6;
        Answer copy = person.signIn(key);
        assertThat(copy.status()).isEqualTo(422);
        assertThat(person.mail().orElseThrow()).contains("Somebody may hold a copy");
        assertThat(log("auth.passkey_counter_regressed")).hasSize(1);
        key.counter = 20;
        assertThat(person.signIn(key).status()).isEqualTo(200);
    }

    @Test
    void a_credential_is_enrolled_once_over_all_accounts() throws Exception {
        var key = new SoftKey(origin());
        Person person = with(key);
        var copy = new SoftKey(origin());
        copy.credential = key.credential;
        Person other = Person.signedIn(server);
        assertThat(other.enrolPasskey(copy).status()).isEqualTo(422);
        assertThat(log("auth.passkey_enrolment_refused").getLast()).contains("known-credential");
        assertThat(person.signIn(key).status()).isEqualTo(200);

        String challenge = Person.member(other.send("POST", "/api/v1/account/factors/passkeys/options"), "challenge");
        var fresh = new SoftKey("https://evil.example");
        assertThat(other.send("/api/v1/account/factors/passkeys", fresh.enrol("x", challenge))
                        .status())
                .as("enrolled for another origin")
                .isEqualTo(422);
        assertThat(other.send("/api/v1/account/factors/passkeys", new SoftKey(origin()).enrol("x", challenge))
                        .status())
                .as("the challenge again")
                .isEqualTo(422);
    }

    @Test
    void an_attestation_that_is_cut_off_or_altered_is_refused() throws Exception {
        Person person = Person.signedIn(server);
        var key = new SoftKey(origin(), TRUSTED);
        key.model = MODEL;
        for (int cut : new int[] {0, 1, 20, 120, 300, 600, -1}) {
            String challenge =
                    Person.member(person.send("POST", "/api/v1/account/factors/passkeys/options"), "challenge");
            JsonObject whole = key.enrol("Key ring", challenge);
            byte[] attestation = Base64.getUrlDecoder().decode(whole.string("attestationObject"));
            if (cut < 0) {
                attestation[60] ^= 1;
            } else {
                attestation = Arrays.copyOf(attestation, cut);
            }
            assertThat(person.send(
                                    "/api/v1/account/factors/passkeys",
                                    whole.with("attestationObject", SoftKey.encoded(attestation)))
                            .status())
                    .as("after " + cut)
                    .isEqualTo(422);
        }
    }

    /** What an authenticator says about itself proves nothing; what its manufacturer signs does, if we know it. */
    @Test
    void only_an_attestation_to_a_trusted_root_counts_as_hardware() throws Exception {
        var silent = new SoftKey(origin());
        silent.model = MODEL;
        assertThat(Person.signedIn(server).enrolPasskey(silent).body())
                .contains("\"hardware\":false", "\"attestation\":\"none\"");
        var tinkered = new SoftKey(origin(), UNKNOWN);
        tinkered.model = MODEL;
        assertThat(Person.signedIn(server).enrolPasskey(tinkered).body())
                .contains("\"hardware\":false", "\"attestation\":\"packed\"");
        var synced = new SoftKey(origin(), TRUSTED);
        synced.model = MODEL;
        synced.synced = true;
        assertThat(Person.signedIn(server).enrolPasskey(synced).body())
                .contains("\"hardware\":false", "\"backupEligible\":true");
        var liar = new SoftKey(origin(), TRUSTED);
        liar.model = UUID.randomUUID();
        assertThat(Person.signedIn(server).enrolPasskey(liar).status())
                .as("another model than its certificate names")
                .isEqualTo(422);

        var real = new SoftKey(origin(), TRUSTED);
        real.model = MODEL;
        Person person = with(real);
        assertThat(person.get("/api/v1/account/factors").body())
                .contains("\"hardware\":true", "\"model\":\"" + MODEL + "\"", "\"backupEligible\":false");
        person.signIn(real);
        assertThat(person.get("/api/v1/account/sessions").body())
                .contains("\"factors\":[\"hardware-key\",\"passkey\"]");
    }

    /** ASVS 7.5.1, 6.5.6: a passkey proves that its owner is there, and can be taken away. */
    @Test
    void a_passkey_proves_and_can_be_removed() throws Exception {
        var key = new SoftKey(origin());
        Person person = with(key);
        CLOCK.skip(Duration.ofMinutes(11));
        String id = person.get("/api/v1/account/factors").body().replaceAll("(?s).*\"id\":\"([0-9a-f-]{36})\".*", "$1");
        String path = "/api/v1/account/factors/passkeys/" + id;
        assertThat(person.delete(path).status()).isEqualTo(403);
        Person outsider = Person.signedIn(server);
        assertThat(outsider.delete(path).status()).isEqualTo(404);
        assertThat(outsider.prove(key).status()).as("somebody else's passkey").isEqualTo(422);
        assertThat(person.prove(key).status()).isEqualTo(204);
        assertThat(person.delete(path).status()).isEqualTo(204);
        assertThat(person.mail().orElseThrow()).contains("A passkey of your account was removed");
        assertThat(person.signIn(key).status()).isEqualTo(422);
        assertThat(person.signIn().body()).contains("accessToken");
    }

    @Test
    void after_a_password_any_factor_of_the_account_will_do() throws Exception {
        var key = new SoftKey(origin());
        Person person = with(key);
        AuthenticatorApp app = person.enrolApp();
        CLOCK.nextStep();
        assertThat(person.signIn().body()).contains("\"methods\":[\"totp\",\"passkey\"]");
        assertThat(person.secondFactor(key).status()).isEqualTo(200);
        person.signIn();
        assertThat(person.secondFactor("totp", app.code()).status()).isEqualTo(200);
        assertThat(person.secondFactor("passkey", "1").status())
                .as("a passkey is no code")
                .isEqualTo(422);
    }
}
