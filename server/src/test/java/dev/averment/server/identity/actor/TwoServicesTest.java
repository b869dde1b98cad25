package dev.averment.server.identity.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.asvs.Asvs;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.fixture.RunningServer.Answer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two servers, each with what is mounted for it: one calls the other over TLS, on behalf of people of the other. */
@Timeout(300)
class TwoServicesTest {
    private static final ServicePair PAIR = new ServicePair("front", "records");
    private static final String WHOAMI = "/internal/v1/whoami";
    private static final String WORKSPACE = "/internal/v1/workspace";

    @TempDir
    private static Path folder;

    private static RunningServer front;
    private static RunningServer records;
    private static InternalClient client;
    private static Person ada;
    private static Actor actor;

    @BeforeAll
    static void start() throws Exception {
        Path mounted = folder.resolve("mounted");
        new ServiceKeys(mounted, InstantSource.system()).add(PAIR, Instant.now().minusSeconds(1));
        front = RunningServer.start(
                folder.resolve("front"), "--service", "front", "--service-keys", mounted.toString());
        records = RunningServer.start(
                folder.resolve("records"), "--service", "records", "--service-keys", mounted.toString());
        client = new InternalClient(
                URI.create("https://localhost:" + records.port()),
                PAIR,
                front.bean(ActorTokens.class),
                HttpClient.newBuilder()
                        .sslContext(trusting(folder.resolve("records/tls/ca.crt")))
                        .build());
        ada = Person.signedIn(records);
        actor = actor(ada);
    }

    @AfterAll
    static void stop() {
        front.close();
        records.close();
    }

    private static SSLContext trusting(Path authority) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry(
                "ca",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(authority))));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** Somebody with a workspace of his own. */
    private static Actor actor(Person person) throws Exception {
        Answer made = person.send("POST", "/api/v1/workspaces", "name", "Works of " + person.email);
        JsonObject token = Json.parseObject(
                java.util.Base64.getUrlDecoder().decode(person.accessToken.split("\\.")[1]));
        return new Actor(
                UUID.fromString(Person.member(made, "id")),
                UUID.fromString(token.string("sub")),
                UUID.fromString(token.string("sid")));
    }

    private static JsonObject body(HttpResponse<byte[]> answer) throws Exception {
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(200);
        return Json.parseObject(answer.body());
    }

    private static Answer raw(String path, ActorTokens.Signed signed, String... more) throws Exception {
        var headers = new java.util.ArrayList<>(
                List.of("Authorization: " + signed.authorization(), "Averment-Actor: " + signed.actor()));
        headers.addAll(List.of(more));
        return records.https("GET", path, headers.toArray(String[]::new));
    }

    private static ActorTokens.Signed signed(Actor who, String path) throws Exception {
        return front.bean(ActorTokens.class).sign(PAIR, who, "GET", path);
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.header("www-authenticate")).hasValue("Service");
        assertThat(answer.body()).contains("service-needed");
    }

    @Test
    @Asvs({"8.3.3", "12.3.3", "12.3.5", "13.2.1"})
    void the_callee_knows_who_calls_and_for_whom() throws Exception {
        JsonObject said = body(client.get(actor, WHOAMI));
        assertThat(said.string("service")).isEqualTo("front");
        assertThat(said.string("account")).isEqualTo(actor.account().toString());
        assertThat(said.string("session")).isEqualTo(actor.session().toString());
        assertThat(said.string("workspace")).isEqualTo(actor.workspace().toString());
    }

    @Test
    @Asvs({"8.2.2", "8.4.1"})
    void the_callee_reads_as_that_person_in_that_workspace_alone() throws Exception {
        JsonObject seen = body(client.get(actor, WORKSPACE));
        assertThat(seen.string("id")).isEqualTo(actor.workspace().toString());
        assertThat(seen.string("role")).isEqualTo("owner");
        Actor bob = actor(Person.signedIn(records));
        // Truly signed by a service that errs or lies: the person's own rights decide.
        var mixed = new Actor(bob.workspace(), actor.account(), actor.session());
        assertThat(client.get(mixed, WORKSPACE).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "user", "userId", "sub", "actor", "session", "sid", "workspace", "ws"})
    @Asvs("8.3.3")
    void who_it_is_stands_in_the_token_and_no_parameter_changes_it(String parameter) throws Exception {
        Actor other = actor(Person.signedIn(records));
        for (UUID id : List.of(other.account(), other.session(), other.workspace())) {
            Answer answer = raw(
                    WHOAMI + "?" + parameter + "=" + id,
                    signed(actor, WHOAMI),
                    "X-User-Id: " + id,
                    "X-Workspace: " + id);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains(actor.account().toString()).doesNotContain(id.toString());
        }
    }

    @Test
    void a_token_is_good_once() throws Exception {
        ActorTokens.Signed signed = signed(actor, WHOAMI);
        assertThat(raw(WHOAMI, signed).status()).isEqualTo(200);
        refused(raw(WHOAMI, signed));
        refused(raw(WHOAMI, signed));
    }

    @Test
    void of_many_that_bring_one_token_at_once_one_is_let_in() throws Exception {
        ActorTokens.Signed signed = signed(actor, WHOAMI);
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = java.util.stream.IntStream.range(0, 12)
                    .mapToObj(_ -> threads.submit(() -> raw(WHOAMI, signed).status()))
                    .toList();
            int in = 0;
            for (var answer : answers) {
                in += answer.get() == 200 ? 1 : 0;
            }
            assertThat(in).isEqualTo(1);
        }
    }

    @Test
    void a_token_for_one_path_does_not_open_another() throws Exception {
        refused(raw(WORKSPACE, signed(actor, WHOAMI)));
    }

    @Test
    @Asvs({"7.4.1", "8.3.2"})
    void a_session_that_was_ended_carries_nobody_any_more() throws Exception {
        Person person = Person.signedIn(records);
        Actor gone = actor(person);
        assertThat(client.get(gone, WHOAMI).statusCode()).isEqualTo(200);
        assertThat(person.send("POST", "/api/v1/account/sign-out").status()).isEqualTo(204);
        assertThat(client.get(gone, WHOAMI).statusCode()).isEqualTo(401);
        var foreign = new Actor(actor.workspace(), gone.account(), actor.session());
        assertThat(client.get(foreign, WHOAMI).statusCode())
                .as("a session of another")
                .isEqualTo(401);
    }

    @Test
    void without_a_service_s_own_credential_an_actor_is_worth_nothing() throws Exception {
        ActorTokens.Signed signed = signed(actor, WHOAMI);
        refused(records.https("GET", WHOAMI));
        refused(records.https("GET", WHOAMI, "Averment-Actor: " + signed.actor()));
        refused(records.https("GET", WHOAMI, "Authorization: " + signed.authorization()));
        refused(records.https(
                "GET", WHOAMI, "Authorization: Bearer " + ada.accessToken, "Averment-Actor: " + signed.actor()));
        refused(records.https(
                "GET",
                WHOAMI,
                "Authorization: Bearer " + records.operatorToken(),
                "Averment-Actor: " + signed.actor()));
        assertThat(raw(WHOAMI, signed).status()).as("none of these used it up").isEqualTo(200);
    }

    @Test
    void a_header_that_comes_twice_or_from_a_browser_is_refused() throws Exception {
        ActorTokens.Signed signed = signed(actor, WHOAMI);
        refused(raw(WHOAMI, signed, "Averment-Actor: " + signed.actor()));
        refused(raw(WHOAMI, signed, "Authorization: " + signed.authorization()));
        refused(raw(WHOAMI, signed, "Origin: https://localhost:" + records.port()));
        refused(raw(WHOAMI, signed, "Sec-Fetch-Site: same-origin"));
        refused(raw(WHOAMI, signed, "Cookie: __Host-session=x"));
        assertThat(raw(WHOAMI, signed).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Averment-Actor", "averment-actor", "AVERMENT-ACTOR", "Averment_Actor", "averment_actor"})
    @Asvs("4.1.3")
    void the_header_is_refused_from_whoever_is_no_service(String name) throws Exception {
        ActorTokens.Signed signed = signed(actor, "/api/v1/account");
        for (String path :
                List.of("/", "/pages/self", "/health", "/api/v1/account", "/api/v1/auth/sign-in", "/nothing")) {
            Answer answer = records.https(
                    "GET", path, name + ": " + signed.actor(), "Authorization: Bearer " + ada.accessToken);
            assertThat(answer.status()).as(path).isEqualTo(400);
            assertThat(answer.body()).contains("actor-header");
        }
    }

    @Test
    void a_service_s_tokens_open_no_other_route() throws Exception {
        ActorTokens.Signed signed = signed(actor, "/api/v1/account");
        assertThat(records.https("GET", "/api/v1/account", "Authorization: " + signed.authorization())
                        .status())
                .isEqualTo(401);
        assertThat(client.get(actor, "/internal/v1/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    @Asvs("13.2.3")
    void a_service_that_nobody_gave_a_key_can_not_call() throws Exception {
        var own = new ServiceKeys(folder.resolve("stranger"), InstantSource.system());
        own.add(PAIR, Instant.now().minusSeconds(1));
        var stranger = new ActorTokens(own, new ActorPolicy(Duration.ofMinutes(1)), InstantSource.system());
        refused(raw(WHOAMI, stranger.sign(PAIR, actor, "GET", WHOAMI)));
        // The other direction has a key of its own, which is not there.
        assertThat(Files.exists(folder.resolve("mounted/records.front.keys"))).isFalse();
    }

    @Test
    void keys_are_replaced_while_both_run() throws Exception {
        var mounted = new ServiceKeys(folder.resolve("mounted"), InstantSource.system());
        mounted.add(PAIR, Instant.now().minusMillis(1));
        assertThat(client.get(actor, WHOAMI).statusCode()).isEqualTo(200);
    }

    @Test
    void keys_that_others_can_read_are_refused_until_they_are_mended() throws Exception {
        Path file = folder.resolve("mounted/front.records.keys");
        ActorTokens.Signed signed = signed(actor, WHOAMI);
        var sound = Files.getPosixFilePermissions(file);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        try {
            refused(raw(WHOAMI, signed));
        } finally {
            Files.setPosixFilePermissions(file, sound);
        }
        assertThat(raw(WHOAMI, signed).status()).isEqualTo(200);
    }
}
