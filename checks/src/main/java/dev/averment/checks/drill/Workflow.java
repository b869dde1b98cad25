package dev.averment.checks.drill;

import dev.averment.checks.CollectException;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Predicate;

/** A watched workflow of a {@link Drill}, whose runs the check itself tells of, as a job would. */
public final class Workflow {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** For further runs of a service that does not show a run as it is told of it. */
    private static final Duration LITTLE = Duration.ofSeconds(1);

    private final Drill drill;
    private final JsonObject monitor;
    private final String below;
    private final String token;
    private Duration patience = PATIENCE;

    /** @param form of the monitor; only this check can tell of its runs */
    public Workflow(Drill drill, JsonObject form) throws CollectException {
        this.drill = drill;
        this.monitor = drill.monitor(form.with("ingest", "token"));
        this.below = "/monitors/" + id();
        this.token = Drill.string(
                drill.expect(
                        201,
                        drill.send("POST", below + "/tokens", JsonObject.of("name", "Canary", "life", "1d")),
                        "Making a token for runs"),
                "token");
    }

    /** Id of the monitor. */
    public String id() {
        return Drill.string(monitor, "id");
    }

    /** Path of the monitor below the workspace's. */
    public String below() {
        return below;
    }

    /** Tells of a run what the event says; it is committed when this returns. */
    public void tell(UUID run, JsonObject event) throws CollectException {
        drill.canary()
                .expect(
                        200,
                        drill.canary().program(token, "POST", "/ingest/v1/runs/" + run, event.canonical()),
                        "Telling of a run");
    }

    /** The event of that name. */
    public void tell(UUID run, String event) throws CollectException {
        tell(run, JsonObject.of("event", event));
    }

    /** The run with everything about it, as soon as it is {@code over}; as it is when that takes too long. */
    public JsonObject run(UUID run, boolean over) throws CollectException {
        return whole(run, seen -> !over || !open(seen));
    }

    /** As {@link #run}, when it has that status. */
    public JsonObject run(UUID run, String status) throws CollectException {
        return whole(run, seen -> Drill.string(seen, "status").equals(status));
    }

    private JsonObject whole(UUID run, Predicate<JsonObject> wanted) throws CollectException {
        JsonObject found = Drill.until(
                seen -> !Drill.string(seen, "id").isEmpty() && wanted.test(seen), () -> listed(run), patience);
        String id = Drill.string(found, "id");
        if (id.isEmpty()) {
            patience = LITTLE;
            return found;
        }
        return drill.read(below + "/runs/" + id);
    }

    private JsonObject listed(UUID run) throws CollectException {
        return Drill.objects(drill.read(below + "/runs"), "runs").stream()
                .filter(each -> Drill.string(each, "rid").equals(run.toString()))
                .findFirst()
                .orElse(JsonObject.of());
    }

    private static boolean open(JsonObject run) {
        try {
            return run.bool("open");
        } catch (JsonException e) {
            return true;
        }
    }
}
