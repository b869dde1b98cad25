package dev.averment.checks.drill;

import dev.averment.checks.CollectException;
import dev.averment.checks.Waiting;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.IncidentRecords;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonArray;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Somebody in a workspace that is made for checks, who opens incidents and watches workflows there. When the look is over,
 * however it ended, incidents are closed, and everything else is taken away.
 */
public final class Drill implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Drill.class);
    private static final Duration LOOK = Duration.ofMillis(100);

    /** For another look in this workspace to take its channels away. */
    private static final Duration CHANNELS_GO = Duration.ofSeconds(30);

    private final SignInService service;
    private final WorkspaceService workspaces;
    private final Canary canary;
    private final Credentials credentials;
    private final String workspace;
    private final String path;
    private final String account;
    /** Paths of what is deleted again, the last first. */
    private final List<String> made = new ArrayList<>();

    private final List<String> incidents = new ArrayList<>();

    /** What incidents have as their cause that the drill's workflows have opened. */
    private final Set<String> causes = new HashSet<>();

    private Drill(SignInService service, WorkspaceService workspaces, Canary canary) throws CollectException {
        this.service = service;
        this.workspaces = workspaces;
        this.canary = canary;
        this.credentials = canary.signedIn();
        this.workspace = workspaces.workspace();
        this.path = Member.of(canary, credentials, workspaces, workspace).path();
        this.account = canary.id(credentials);
    }

    /** Opens one in the first of the workspaces made for checks. */
    public static Drill in(SignInService service) throws CollectException {
        WorkspaceService workspaces = Member.workspaces(service);
        Canary canary = Canary.confirmed(service);
        try {
            return new Drill(service, workspaces, canary);
        } catch (CollectException e) {
            canary.close();
            throw e;
        }
    }

    public Canary canary() {
        return canary;
    }

    public WorkspaceService workspaces() {
        return workspaces;
    }

    /** Id of the workspace. */
    public String workspace() {
        return workspace;
    }

    /** Id of whoever drills: an owner of the workspace. */
    public String account() {
        return account;
    }

    /** Rows behind the incidents of this workspace. */
    public IncidentRecords records() throws CollectException {
        return workspaces
                .incidents()
                .orElseThrow(
                        () -> new CollectException("The target shows nothing of what lies behind its incidents, which"
                                + " this check moves back in time and tries to alter; it holds on this server only."));
    }

    /** Sends an object to a path below the workspace's. */
    public Answer send(String method, String below, JsonObject body) throws CollectException {
        return canary.send(credentials, method, path + below, body);
    }

    /** Sends without a body. */
    public Answer send(String method, String below) throws CollectException {
        return canary.send(credentials, method, path + below);
    }

    /** @throws CollectException when the answer has another status */
    public JsonObject expect(int status, Answer answer, String what) throws CollectException {
        canary.expect(status, answer, what);
        if (answer.body().length == 0) {
            return JsonObject.of();
        }
        try {
            return Json.parseObject(answer.body());
        } catch (JsonException e) {
            throw new CollectException(
                    what + " was answered with no JSON object; see what the service's interface says.", e);
        }
    }

    /** Reads what stands at a path below the workspace's. */
    public JsonObject read(String below) throws CollectException {
        return expect(200, send("GET", below), "Reading what a drill has made");
    }

    /** Opens an incident that the drill's own person owns, and gives its path below the workspace's. */
    public String incident(String severity) throws CollectException {
        JsonObject opened = expect(
                201,
                send(
                        "POST",
                        "/incidents",
                        JsonObject.of(
                                "title", "Canary", "severity", severity, "owner", "", "text", "A check drills this.")),
                "Opening an incident of " + severity);
        return caused(string(opened, "id"));
    }

    /** Takes over an incident that the drill has caused, by its id: it is closed when the drill is over. Gives its path. */
    public String caused(String id) {
        String incident = "/incidents/" + id;
        incidents.add(incident);
        return incident;
    }

    /** Makes a channel to an address of the drill's own, whose mail stays on the service's machine. */
    public String channel(String name) throws CollectException {
        return channel("email", name, JsonObject.of("to", List.of(canary.address())));
    }

    /** Makes a channel with these settings, and gives its id. */
    public String channel(String kind, String name, JsonObject settings) throws CollectException {
        JsonObject channel = expect(
                201,
                send("POST", "/channels", JsonObject.of("kind", kind, "name", name, "settings", settings)),
                "Making a channel");
        String id = string(channel, "id");
        made.add("/channels/" + id);
        return id;
    }

    /** Makes a monitor, and gives it as it was answered. */
    public JsonObject monitor(JsonObject form) throws CollectException {
        JsonObject monitor = expect(201, send("POST", "/monitors", form), "Making a monitor");
        made.add("/monitors/" + string(monitor, "id"));
        causes.add("monitors/" + string(monitor, "id"));
        return monitor;
    }

    /**
     * Puts a demo into the workspace, and gives it as it then stands. It goes when the drill is over.
     *
     * @param mendAfterSeconds after which what is broken in it is mended
     */
    public JsonObject demo(long mendAfterSeconds) throws CollectException {
        JsonObject form = JsonObject.of("mendAfterSeconds", mendAfterSeconds);
        Answer answer = until(put -> put.status() != 409, () -> send("PUT", "/demo", form), CHANNELS_GO);
        if (answer.status() == 409) {
            throw new CollectException(
                    "The workspace made for checks has channels at this moment, and a demo in it would"
                            + " call people; see that no other check is at work in it, and run this one again.");
        }
        // One that an interrupted look has left behind is as good.
        expect(answer.status() == 200 ? 200 : 201, answer, "Putting a demo into a workspace");
        made.add("/demo");
        JsonObject demo = read("/demo");
        objects(demo, "workflows").forEach(workflow -> causes.add("monitors/" + string(workflow, "monitor")));
        return demo;
    }

    /** Deliveries about one incident, oldest first. */
    public List<JsonObject> deliveries(String incident) throws CollectException {
        String id = incident.substring(incident.lastIndexOf('/') + 1);
        return objects(read("/deliveries"), "deliveries").stream()
                .filter(delivery -> string(delivery, "incident").equals(id))
                .toList()
                .reversed();
    }

    /** Looks again and again until what is seen is as wanted, or the time is over; gives what was seen last. */
    public static <T> T until(Predicate<T> wanted, Look<T> look, Duration most) throws CollectException {
        long end = System.nanoTime() + most.toNanos();
        T seen = look.now();
        while (!wanted.test(seen) && System.nanoTime() < end) {
            Waiting.pause(LOOK, "while it waited");
            seen = look.now();
        }
        return seen;
    }

    /** One look. */
    @FunctionalInterface
    public interface Look<T> {
        T now() throws CollectException;
    }

    /** The member as text; empty when it is none. */
    public static String string(JsonObject of, String member) {
        try {
            return of.optionalString(member).orElse("");
        } catch (JsonException e) {
            return "";
        }
    }

    /** The member as a list of objects; empty when it is none. */
    public static List<JsonObject> objects(JsonObject of, String member) {
        try {
            return of.get(member).orElse(null) instanceof JsonArray array ? array.objects() : List.of();
        } catch (JsonException e) {
            return List.of();
        }
    }

    /** The newest of an incident's clocks under a rule that was not withdrawn; empty when there is none. */
    public static JsonObject clock(JsonObject incident, String rule) {
        return objects(incident, "clocks").stream()
                .filter(clock -> string(clock, "rule").equals(rule)
                        && !string(clock, "outcome").equals("withdrawn"))
                .reduce((_, last) -> last)
                .orElse(JsonObject.of());
    }

    /** Kinds of the lines in an incident's timeline, in order. */
    public static List<String> kinds(JsonObject incident) {
        return objects(incident, "timeline").stream()
                .map(line -> string(line, "kind"))
                .toList();
    }

    /** Reviews and closes an incident that is resolved, or resolves it before. */
    private void end(String incident) throws CollectException {
        if (send("POST", incident + "/close").status() == 204) {
            return;
        }
        send("POST", incident + "/resolve", JsonObject.of("reason", "The drill is over."));
        send(
                "POST",
                incident + "/reviews",
                JsonObject.of("happened", "A drill.", "cause", "A check.", "actions", "None."));
        canary.expect(204, send("POST", incident + "/close"), "Closing the incident of a drill");
    }

    @FunctionalInterface
    private interface Step {
        void take() throws CollectException;
    }

    private static void tidy(Step step) {
        try {
            step.take();
        } catch (CollectException e) {
            log.warn("a drill has left something behind: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        // A look that was given up is interrupted, and interrupted threads can speak to nobody.
        boolean interrupted = Thread.interrupted();
        try {
            made.reversed().forEach(each -> tidy(() -> send("DELETE", each)));
            tidy(() -> objects(read("/incidents"), "incidents").stream()
                    .filter(each -> causes.contains(string(each, "cause")))
                    .map(each -> "/incidents/" + string(each, "id"))
                    .filter(each -> !incidents.contains(each))
                    .forEach(incidents::add));
            incidents.reversed().forEach(each -> tidy(() -> end(each)));
            // What was on its way when its channel went.
            tidy(() -> service.mailbox().discard(canary.address()));
        } finally {
            canary.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
