package dev.averment.checks.signin;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A monitor that is made for one look, in a workspace that is made for checks, and deleted when the look is over. */
public final class CanaryMonitor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CanaryMonitor.class);
    private static final String RUNS = "/ingest/v1/runs/";
    /** Changes no state: it is kept, and no run begins or ends with it. */
    private static final byte[] EVENT = JsonObject.of("event", "log").canonical();

    private final Member member;
    private final String path;
    private final String ping;

    /** A token for it. */
    public record Token(String id, String text) {
        @Override
        public String toString() {
            return "a token";
        }
    }

    private CanaryMonitor(Member member, String path, String ping) {
        this.member = member;
        this.path = path;
        this.ping = ping;
    }

    /** @param tokenOnly whether pings without a token are refused */
    public static CanaryMonitor make(Member member, boolean tokenOnly) throws CollectException {
        Canary canary = member.canary();
        // So long that nobody misses a ping while the look lasts.
        JsonObject wanted = JsonObject.of("name", "Canary", "everySeconds", 86_400L);
        Answer made = canary.send(
                member.credentials(),
                "POST",
                member.path() + "/monitors",
                tokenOnly ? wanted.with("ingest", "token") : wanted);
        canary.expect(201, made, "Making a monitor");
        String path = member.path() + "/monitors/" + Canary.text(made, "id");
        try {
            String ping = URI.create(Canary.text(made, "pingUrl")).getPath();
            if (ping == null || !ping.startsWith("/")) {
                throw new IllegalArgumentException("no path");
            }
            return new CanaryMonitor(member, path, ping);
        } catch (IllegalArgumentException e) {
            delete(member, path);
            throw new CollectException("The service names no address for pings of a new monitor.", e);
        }
    }

    public Token token(String life) throws CollectException {
        return token(
                member.canary().send(member.credentials(), "POST", path + "/tokens", "name", "Canary", "life", life));
    }

    /** Another one in the place of {@code old}, which goes on to count for {@code overlap}. */
    public Token rotated(Token old, String life, String overlap) throws CollectException {
        return token(member.canary()
                .send(
                        member.credentials(),
                        "POST",
                        path + "/tokens/" + old.id() + "/rotation",
                        "life",
                        life,
                        "overlap",
                        overlap));
    }

    private Token token(Answer made) throws CollectException {
        member.canary().expect(201, made, "Making a token of a monitor");
        return new Token(Canary.text(made, "id"), Canary.text(made, "token"));
    }

    /** Sends an event of a run, the way that only tokens open. */
    public Answer event(Web server, Map<String, String> credentials) throws CollectException {
        Map<String, String> headers = new HashMap<>(credentials);
        headers.put("Content-Type", "application/json");
        return WebFetch.send(server, server.base(), "POST", runPath(), headers, EVENT);
    }

    public Answer event(String token) throws CollectException {
        return event(member.canary().visitor().web(), bearer(token));
    }

    /** Sends a ping that changes no state, with a token. */
    public Answer ping(String token) throws CollectException {
        return ping(member.canary().visitor().web(), bearer(token));
    }

    public Answer ping(Web server, Map<String, String> credentials) throws CollectException {
        return WebFetch.send(server, server.base(), "POST", ping + "/log", credentials);
    }

    private static String runPath() {
        return RUNS + UUID.randomUUID();
    }

    public static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    /** How many pings it has taken. */
    public long pings() throws CollectException {
        Answer seen = member.canary().send(member.credentials(), "GET", path);
        member.canary().expect(200, seen, "Reading a monitor");
        try {
            return Json.parseObject(seen.body()).integer("pings");
        } catch (JsonException e) {
            throw new CollectException("A monitor does not tell how many pings it took: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        delete(member, path);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void delete(Member member, String path) {
        try {
            int status =
                    member.canary().send(member.credentials(), "DELETE", path).status();
            if (status != 204) {
                log.warn("a canary monitor may be left behind in its workspace: status {}", status);
            }
        } catch (CollectException e) {
            log.warn("a canary monitor may be left behind in its workspace: {}", e.getMessage());
        }
    }
}
