package dev.averment.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.fixture.Person;
import dev.averment.server.fixture.RunningServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;

/** A workspace on a running server, with an owner who makes monitors in it and looks at them. */
public final class MonitoredWorkspace {
    public final Person owner;
    public final String path;

    private MonitoredWorkspace(Person owner, String path) {
        this.owner = owner;
        this.path = path;
    }

    public static MonitoredWorkspace of(Person owner) throws IOException {
        return new MonitoredWorkspace(
                owner,
                "/api/v1/workspaces/" + Person.member(owner.send("POST", "/api/v1/workspaces", "name", "Works"), "id"));
    }

    public UUID id() {
        return UUID.fromString(path.substring(path.lastIndexOf('/') + 1));
    }

    /** A monitor as its owner sees it. */
    public record Made(String path, String id, String pingId) {
        public String ping(String more) {
            return "/ping/" + pingId + more;
        }
    }

    /** @param json members of the monitor beside its name, such as {@code "everySeconds": 60} */
    public Made monitor(String name, String json) throws IOException {
        Answer made = owner.server.json(
                "POST",
                path + "/monitors",
                "{\"name\":\"" + name + "\"" + (json.isEmpty() ? "" : "," + json) + "}",
                "Authorization: Bearer " + owner.accessToken);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        String id = Person.member(made, "id");
        String url = Person.member(made, "pingUrl");
        return new Made(path + "/monitors/" + id, id, url.substring(url.lastIndexOf('/') + 1));
    }

    public JsonObject seen(Made monitor) throws Exception {
        return object(owner.get(monitor.path()));
    }

    public List<JsonObject> runs(Made monitor) throws Exception {
        return object(owner.get(monitor.path() + "/runs")).array("runs").objects();
    }

    /** A run with its output, transitions and notes. */
    public JsonObject run(Made monitor, JsonObject run) throws Exception {
        return object(owner.get(monitor.path() + "/runs/" + run.string("id")));
    }

    public String pingKey() throws IOException {
        return Person.member(owner.send("POST", path + "/ping-keys"), "key");
    }

    /** A token for the monitor. */
    public String token(Made monitor) throws IOException {
        return Person.member(owner.send("POST", monitor.path() + "/tokens", "name", "job", "life", "90d"), "token");
    }

    public static JsonObject object(Answer answer) throws JsonException {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
        return Json.parseObject(answer.body().getBytes(StandardCharsets.UTF_8));
    }
}
