package dev.averment.server.monitoring;

import dev.averment.claims.Durations;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.People;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.web.Answers;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.Needs;
import dev.averment.server.identity.workspace.Permission;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What lets pings in, over HTTP. Each text is shown once, when it is made. */
@RestController
class IngestSecretApi {
    private final IngestSecrets secrets;

    IngestSecretApi(IngestSecrets secrets) {
        this.secrets = secrets;
    }

    /** @param life such as {@code 90d} */
    record NewToken(String name, String life) {}

    /** @param overlap how long the old one goes on to count, such as {@code 1h} */
    record Rotation(String life, String overlap) {}

    private static Optional<Duration> life(String text) {
        return Durations.parse(text).filter(d -> d.isPositive() && d.compareTo(IngestSecrets.LONGEST) <= 0);
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/tokens")
    ResponseEntity<byte[]> list(Entrance entrance, @PathVariable UUID monitor) {
        return Answers.of(
                secrets.tokens(entrance, monitor),
                all -> Answers.json(200, JsonObject.of("tokens", MonitorApi.all(all, IngestSecretApi::json))));
    }

    private static JsonObject json(IngestToken token) {
        return MonitorApi.with(
                JsonObject.of(
                        "id", token.id().toString(),
                        "name", token.name(),
                        "made", token.made().toString(),
                        "expires", token.expires().toString()),
                "used",
                token.used().orElse(null));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/tokens")
    ResponseEntity<byte[]> make(Entrance entrance, @PathVariable UUID monitor, @RequestBody NewToken body) {
        Optional<String> name = People.title(body.name());
        Optional<Duration> life = life(body.life());
        return name.isEmpty() || life.isEmpty()
                ? bad("A token needs a name of 1 to 200 characters and a life of up to 400 days, such as 90d.")
                : made(secrets.make(entrance, monitor, name.get(), life.get()));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/tokens/{token}/rotation")
    ResponseEntity<byte[]> rotate(
            Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID token, @RequestBody Rotation body) {
        Optional<Duration> life = life(body.life());
        Optional<Duration> overlap =
                Durations.parse(body.overlap()).filter(d -> !d.isNegative() && d.compareTo(IngestSecrets.LONGEST) <= 0);
        return life.isEmpty() || overlap.isEmpty()
                ? bad("A rotation needs the new token's life, such as 90d, and an overlap, such as 1h.")
                : made(secrets.rotate(entrance, monitor, token, life.get(), overlap.get()));
    }

    private static ResponseEntity<byte[]> bad(String message) {
        return Answers.problem(new Refusal.Invalid("bad-ingest-token", message));
    }

    private static ResponseEntity<byte[]> made(dev.averment.server.identity.Outcome<IngestSecrets.Made> outcome) {
        return Answers.of(outcome, made -> Answers.json(201, json(made.token()).with("token", made.text())));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @DeleteMapping("/api/v1/workspaces/{workspace}/monitors/{monitor}/tokens/{token}")
    ResponseEntity<byte[]> delete(Entrance entrance, @PathVariable UUID monitor, @PathVariable UUID token) {
        return Answers.of(secrets.delete(entrance, monitor, token), _ -> Answers.empty());
    }

    @Needs(Permission.MONITORS_CHANGE)
    @GetMapping("/api/v1/workspaces/{workspace}/ping-keys")
    ResponseEntity<byte[]> keys(Entrance entrance) {
        return Answers.of(
                secrets.keys(entrance),
                all -> Answers.json(
                        200,
                        JsonObject.of(
                                "keys",
                                MonitorApi.all(
                                        all,
                                        key -> JsonObject.of(
                                                "id", key.id().toString(),
                                                "made", key.made().toString())))));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @PostMapping("/api/v1/workspaces/{workspace}/ping-keys")
    ResponseEntity<byte[]> makeKey(Entrance entrance) {
        return Answers.of(
                secrets.makeKey(entrance),
                made -> Answers.json(201, JsonObject.of("id", made.id().toString(), "key", made.key())));
    }

    @Needs(Permission.MONITORS_CHANGE)
    @DeleteMapping("/api/v1/workspaces/{workspace}/ping-keys/{key}")
    ResponseEntity<byte[]> revokeKey(Entrance entrance, @PathVariable UUID key) {
        return Answers.of(secrets.revokeKey(entrance, key), _ -> Answers.empty());
    }
}
