package dev.averment.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer;
import dev.averment.server.stream.OpenStream.Told;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams over HTTPS: who may read them, how many, and what ends them. */
class EventsTest {
    @TempDir
    private static Path data;

    private static RunningServer server;
    private static Person owner;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start(data);
        owner = Person.signedIn(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static UUID workspace(Person person) throws Exception {
        return UUID.fromString(Person.member(person.send("POST", "/api/v1/workspaces", "name", "Works"), "id"));
    }

    private static OpenStream stream(Person person, UUID workspace, String... more) throws Exception {
        var headers = new ArrayList<>(List.of(more));
        headers.add("Authorization: Bearer " + person.accessToken);
        return new OpenStream(server, "/api/v1/workspaces/" + workspace + "/events", headers.toArray(String[]::new));
    }

    private static void publish(UUID workspace, String kind, int n) {
        server.bean(Workspaces.class).in(new WorkspaceContext(workspace, "service:test"), tx -> {
            server.bean(Streams.class).publish(tx, workspace, kind, "tests/" + n, JsonObject.of("n", n));
            return true;
        });
    }

    @Test
    void what_happens_is_told_and_a_reader_who_comes_back_misses_nothing() throws Exception {
        UUID workspace = workspace(owner);
        Told last;
        try (OpenStream stream = stream(owner, workspace)) {
            assertThat(stream.status).isEqualTo(200);
            assertThat(stream.next().kind()).isEqualTo("ready");
            publish(workspace, "test.one", 1);
            publish(workspace, "test.two", 2);
            assertThat(stream.next().data()).contains("\"n\":1", "\"subject\":\"tests/1\"");
            last = stream.next();
            assertThat(last.kind()).isEqualTo("test.two");
        }
        for (int i = 3; i <= 1_200; i++) {
            publish(workspace, "test.more", i);
        }
        try (OpenStream stream = stream(owner, workspace, "Last-Event-ID: " + last.id())) {
            for (int i = 3; i <= 1_200; i++) {
                assertThat(stream.next().data()).contains("\"n\":" + i + "}");
            }
            assertThat(stream.next().kind()).isEqualTo("ready");
            publish(workspace, "test.more", 1_201);
            assertThat(stream.next().data()).contains("\"n\":1201}");
        }
    }

    @Test
    void an_id_that_is_none_or_too_old_or_of_another_database_is_answered_with_a_resync() throws Exception {
        UUID workspace = workspace(owner);
        long now = server.prepared().clock().instant().getEpochSecond();
        for (String id : List.of("nonsense", "x".repeat(100), "1-1-" + (now - 90_000), "999999999999-1-" + now)) {
            try (OpenStream stream = stream(owner, workspace, "Last-Event-ID: " + id)) {
                Told told = stream.next();
                assertThat(told.kind()).as(id).isEqualTo("resync");
                publish(workspace, "test.after", 1);
                assertThat(stream.next().kind()).isEqualTo("test.after");
            }
        }
    }

    @Test
    void a_stream_whose_reader_broke_off_takes_no_other_stream_with_it() throws Exception {
        UUID workspace = workspace(owner);
        UUID other = workspace(owner);
        for (int i = 0; i < 200; i++) {
            OpenStream broken = stream(owner, workspace);
            assertThat(broken.next().kind()).isEqualTo("ready");
            broken.close();
            publish(workspace, "test.knock", i);
            try (OpenStream next = stream(owner, other)) {
                assertThat(next.status).isEqualTo(200);
                assertThat(next.next().kind()).isEqualTo("ready");
                publish(other, "test.after", i);
                Told told;
                do {
                    told = next.next();
                } while (told.kind().equals("test.knock"));
                assertThat(told.data()).contains("\"n\":" + i + "}");
            }
            publish(other, "test.knock", i);
        }
    }

    @Test
    void one_more_than_allowed_is_refused_and_a_place_is_given_back() throws Exception {
        Person reader = Person.signedIn(server);
        UUID workspace = workspace(reader);
        var open = new ArrayList<OpenStream>();
        try {
            for (int i = 0; i < StreamPolicy.USUAL.perPerson(); i++) {
                OpenStream stream = stream(reader, workspace);
                assertThat(stream.status).isEqualTo(200);
                stream.next();
                open.add(stream);
            }
            var refused = server.https(
                    "GET",
                    "/api/v1/workspaces/" + workspace + "/events",
                    "Accept: text/event-stream",
                    "Authorization: Bearer " + reader.accessToken);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.body()).contains("too-many-streams", "Close one");
            assertThat(refused.header("retry-after")).isPresent();
            try (OpenStream other = stream(owner, workspace(owner))) {
                assertThat(other.status).as("places are a person's own").isEqualTo(200);
            }

            open.removeFirst().close();
            // A connection that is gone is noticed by what is written to it.
            int status;
            do {
                publish(workspace, "test.knock", 1);
                OpenStream again = stream(reader, workspace);
                status = again.status;
                open.add(again);
            } while (status != 200);
            assertThat(status).isEqualTo(200);
        } finally {
            for (OpenStream stream : open) {
                stream.close();
            }
        }
    }

    @Test
    void a_stream_ends_when_its_reader_signs_out_or_leaves() throws Exception {
        Person guest = Person.signedIn(server);
        UUID workspace = workspace(owner);
        String path = "/api/v1/workspaces/" + workspace;
        owner.send("POST", path + "/invitations", "email", guest.email, "role", "viewer");
        guest.send("POST", "/api/v1/account/invitations", "code", guest.mailedInvitation());
        String account = Person.member(guest.get("/api/v1/account"), "id");
        try (OpenStream stream = stream(guest, workspace)) {
            stream.next();
            assertThat(owner.delete(path + "/members/" + account).status()).isEqualTo(204);
            assertThat(stream.next()).isNull();
        }
        UUID own = workspace(guest);
        try (OpenStream stream = stream(guest, own)) {
            stream.next();
            assertThat(guest.send("POST", "/api/v1/account/sign-out").status()).isEqualTo(204);
            assertThat(stream.next()).isNull();
        }
    }

    @Test
    void an_outsider_an_auditor_and_a_token_without_the_scope_read_no_stream() throws Exception {
        Person outsider = Person.signedIn(server);
        UUID workspace = workspace(owner);
        assertThat(outsider.get("/api/v1/workspaces/" + workspace + "/events").body())
                .isEqualTo(
                        outsider.get("/api/v1/workspaces/" + UUID.randomUUID()).body());
        Person auditor = Person.signedIn(server);
        owner.send(
                "POST", "/api/v1/workspaces/" + workspace + "/invitations", "email", auditor.email, "role", "auditor");
        auditor.send("POST", "/api/v1/account/invitations", "code", auditor.mailedInvitation());
        assertThat(auditor.get("/api/v1/workspaces/" + workspace + "/events").status())
                .isEqualTo(403);
        assertThat(server.https("GET", "/api/v1/workspaces/" + workspace + "/events")
                        .status())
                .isEqualTo(401);
        assertThat(owner.get("/api/v1/workspaces/" + workspace + "/events").status())
                .as("whoever asks for no stream gets none")
                .isEqualTo(406);
        assertThat(token(workspace, "events:read").status).isEqualTo(200);
        assertThat(token(workspace, "members:read").status).isEqualTo(403);
    }

    private static OpenStream token(UUID workspace, String scope) throws Exception {
        owner.send("POST", "/api/v1/account/proof", "password", Person.PASSWORD);
        var made = server.json(
                "POST",
                "/api/v1/workspaces/" + workspace + "/tokens",
                "{\"name\":\"Reader\",\"scopes\":[\"" + scope + "\"],\"life\":\"1d\"}",
                "Authorization: Bearer " + owner.accessToken);
        try (var stream = new OpenStream(
                server,
                "/api/v1/workspaces/" + workspace + "/events",
                "Authorization: Bearer " + Person.member(made, "token"))) {
            return stream;
        }
    }
}
