package dev.averment.server.monitoring.ingest;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonNumber;
import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.json.JsonValue;
import dev.averment.server.edge.Problems;
import dev.averment.server.monitoring.ingest.GroupCommit.Unavailable;
import dev.averment.server.monitoring.ingest.Signal.Address;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The native way in: {@code POST /ingest/v1/runs/RUN} with a token for the monitor and a JSON object of an event, and with it
 * exit status, metrics and output. An event of a run counts once, however often it is sent.
 */
final class RunEntry {
    private static final Pattern PATH =
            Pattern.compile("/ingest/v1/runs/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})");
    private static final Set<String> MEMBERS = Set.of("event", "exit", "metrics", "output");
    private static final Pattern METRIC = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Map<String, Integer> EVENTS =
            Map.of("success", Signal.SUCCESS, "start", Signal.START, "fail", Signal.FAIL, "log", Signal.LOG);

    /** Room for what is kept of an output several times over, escaped as JSON may be. */
    static final int BODY = 256 << 10;

    static final int METRICS = 30;

    private final GroupCommit commit;
    private final IngestLimits limits;
    private final IngestTokens tokens;
    private final InstantSource clock;

    RunEntry(GroupCommit commit, IngestLimits limits, IngestTokens tokens, InstantSource clock) {
        this.commit = commit;
        this.limits = limits;
        this.tokens = tokens;
        this.clock = clock;
    }

    Reply answer(HttpServletRequest request, HttpServletResponse response, Signal.Client client)
            throws IOException, InterruptedException, Unavailable {
        Matcher path = PATH.matcher(request.getRequestURI());
        if (!path.matches()) {
            return problem(
                    404, "not-found", "There is nothing here", "POST events of a run to /ingest/v1/runs/RUN-ID.");
        }
        if (!request.getMethod().equals("POST")) {
            response.setHeader("Allow", "POST");
            return problem(405, "method-not-allowed", "This address does not take that method", "POST an event.");
        }
        if (request.getContentLengthLong() > BODY) {
            return tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(BODY + 1);
        if (body.length > BODY) {
            return tooLarge();
        }
        Optional<IngestTokens.Good> token = token(request, body);
        if (token.isEmpty()) {
            response.setHeader("WWW-Authenticate", "Bearer");
            return problem(
                    401,
                    "bad-ingest-token",
                    "This token is none of this server's, or has ended",
                    "Send a monitor's token as Authorization: Bearer avt_in_…, or sign the request with it: docs/monitoring.md.");
        }
        Optional<Duration> wait = limits.take(token.get().monitor().toString());
        if (wait.isPresent()) {
            return later(429, "too-many-requests", "Too many events of this monitor", wait.get());
        }
        Signal signal;
        try {
            signal = signal(token.get(), UUID.fromString(path.group(1)), Json.parseObject(body), client);
        } catch (JsonException e) {
            return problem(
                    422,
                    "bad-event",
                    "This event can't be taken",
                    "It is one JSON object of an event: " + e.getMessage());
        }
        Recorded recorded = commit.submit(signal);
        return switch (recorded.outcome()) {
            case RECORDED, AGAIN -> json(path.group(1), recorded);
            case TOKEN_ENDED, UNKNOWN, AMBIGUOUS, NO_SUCH_SLUG, TOKEN_NEEDED, FOUND ->
                problem(
                        401,
                        "bad-ingest-token",
                        "This token does not count any more",
                        "It was revoked, or its monitor is gone. Make another one.");
        };
    }

    private Optional<IngestTokens.Good> token(HttpServletRequest request, byte[] body) {
        String named = request.getHeader("Averment-Token");
        if (named == null) {
            return IngestLane.bearer(request.getHeader("Authorization")).flatMap(tokens::verify);
        }
        String timestamp = request.getHeader("Averment-Timestamp");
        String signature = request.getHeader("Averment-Signature");
        return timestamp == null || signature == null
                ? Optional.empty()
                : tokens.verify(
                        named, timestamp, signature, request.getMethod(), request.getRequestURI(), sha256(body));
    }

    private Signal signal(IngestTokens.Good token, UUID run, JsonObject event, Signal.Client client)
            throws JsonException, IOException {
        event.requireOnly(MEMBERS);
        Integer kind = EVENTS.get(event.string("event"));
        if (kind == null) {
            throw new JsonException("\"event\" is start, success, fail or log");
        }
        Integer exit = null;
        if (event.has("exit")) {
            long status = event.integer("exit");
            if (status < 0 || status > 255) {
                throw new JsonException("\"exit\" is the exit status of a process, 0 to 255");
            }
            exit = (int) status;
            if (kind == Signal.SUCCESS && exit != 0) {
                throw new JsonException("a success ends with the exit status 0");
            }
        }
        String metrics = metrics(event);
        String text = event.optionalString("output").orElse("");
        @Nullable
        Output output = text.isEmpty() && metrics.isEmpty()
                ? null
                : Output.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return new Signal(
                new Address.ByToken(token.monitor()),
                token.token(),
                clock.instant(),
                kind,
                exit,
                run,
                client,
                output,
                metrics);
    }

    private static String metrics(JsonObject event) throws JsonException {
        if (!event.has("metrics")) {
            return "";
        }
        JsonObject metrics = event.object("metrics");
        if (metrics.members().size() > METRICS) {
            throw new JsonException("a run has at most " + METRICS + " metrics");
        }
        for (Map.Entry<String, JsonValue> metric : metrics.members().entrySet()) {
            if (!METRIC.matcher(metric.getKey()).matches() || !(metric.getValue() instanceof JsonNumber)) {
                throw new JsonException(
                        "metrics are numbers under names of small letters, digits and _, at most 63 characters long");
            }
        }
        return new String(metrics.canonical(), StandardCharsets.UTF_8);
    }

    private static Reply json(String run, Recorded recorded) {
        return new Reply(
                200,
                "application/json",
                JsonObject.of(
                                "run",
                                run,
                                "monitor",
                                String.valueOf(recorded.monitor()),
                                "recorded",
                                recorded.outcome() == Recorded.Outcome.RECORDED)
                        .canonical(),
                null);
    }

    private static Reply tooLarge() {
        return problem(
                413,
                "body-too-large",
                "The request's body is too large",
                "An event is at most " + BODY + " bytes long. Of an output the first and last " + Output.KEPT / 2
                        + " bytes are kept: send those.");
    }

    private static Reply problem(int status, String kind, String title, String detail) {
        return new Reply(status, "application/problem+json", Problems.bytes(status, kind, title, detail), null);
    }

    static Reply later(int status, String kind, String title, Duration retryAfter) {
        return new Reply(
                status,
                "application/problem+json",
                Problems.bytes(
                        status, kind, title, "Send it again in " + Math.max(1, retryAfter.toSeconds()) + " seconds."),
                retryAfter);
    }

    private static byte[] sha256(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
