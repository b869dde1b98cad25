package dev.averment.server.monitoring.ingest;

import dev.averment.server.monitoring.ingest.GroupCommit.Unavailable;
import dev.averment.server.monitoring.ingest.Signal.Address;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ping API of Healthchecks, to the letter of what its clients rely on: 200 and 201 and no other success, the texts of its
 * refusals, {@code Ping-Body-Limit}; the order in which it refuses (no such monitor, then the exit status, then the run id).
 * Unlike there, methods other than HEAD, GET and POST are refused, and a body over the limit keeps its end as well.
 */
public final class PingEntry {
    private static final Pattern RID =
            Pattern.compile("(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Makes the monitor of a slug that a ping asked for with {@code create=1}. */
    @FunctionalInterface
    public interface Provision {
        /** False when the workspace has as many as it may have. */
        boolean make(UUID workspace, String slug);
    }

    private final GroupCommit commit;
    private final IngestLimits limits;
    private final IngestTokens tokens;
    private final Provision provision;
    private final InstantSource clock;

    PingEntry(GroupCommit commit, IngestLimits limits, IngestTokens tokens, Provision provision, InstantSource clock) {
        this.commit = commit;
        this.limits = limits;
        this.tokens = tokens;
        this.provision = provision;
        this.clock = clock;
    }

    Reply answer(HttpServletRequest request, HttpServletResponse response, Signal.Client client)
            throws IOException, InterruptedException, Unavailable {
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("Cache-Control", "max-age=0, no-cache, no-store, must-revalidate, private");
        Optional<PingPath> parsed = PingPath.parse(request.getRequestURI());
        if (parsed.isEmpty()) {
            return Reply.text(404, "not found");
        }
        PingPath path = parsed.get();
        if (!path.slugFits()) {
            return Reply.text(400, "invalid url format");
        }
        UUID token = null;
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            Optional<IngestTokens.Good> good = IngestLane.bearer(authorization).flatMap(tokens::verify);
            if (good.isEmpty()) {
                response.setHeader("WWW-Authenticate", "Bearer");
                return Reply.text(401, "invalid token");
            }
            token = good.get().token();
        }
        Address to = path.id() != null
                ? new Address.ByPingId(path.id())
                : new Address.BySlug(sha256(path.key()), path.slug());
        Optional<Duration> wait =
                limits.take(path.id() != null ? path.id().toString() : path.key() + "/" + path.slug());
        if (wait.isPresent()) {
            return Reply.later(429, "rate limited", wait.get());
        }
        String rid = parameter(request, "rid");
        boolean ridFits = rid == null || RID.matcher(rid).matches();
        Output output = request.getContentLengthLong() == 0 ? null : nonEmpty(Output.read(request.getInputStream()));
        var signal = new Signal(
                to,
                token,
                clock.instant(),
                path.kind(),
                path.exit(),
                rid != null && ridFits ? UUID.fromString(rid) : null,
                client,
                output,
                "");
        Recorded recorded = commit.submit(path.exitFits() && ridFits ? signal : signal.asking());
        boolean create = path.id() == null && "1".equals(parameter(request, "create"));
        return switch (recorded.outcome()) {
            case RECORDED, AGAIN -> ok(response, 200, "OK");
            case FOUND -> refused(path);
            case AMBIGUOUS -> Reply.text(409, "ambiguous slug");
            case TOKEN_ENDED -> Reply.text(403, "this token is not good for this monitor");
            case TOKEN_NEEDED -> Reply.text(401, "this monitor takes pings with a token only");
            case NO_SUCH_SLUG ->
                create && recorded.workspace() != null
                        ? created(response, signal, recorded.workspace(), path, path.exitFits() && ridFits)
                        : Reply.text(404, "not found");
            case UNKNOWN -> Reply.text(404, "not found");
        };
    }

    private Reply created(
            HttpServletResponse response, Signal signal, UUID workspace, PingPath path, boolean wellFormed)
            throws InterruptedException, Unavailable {
        if (!provision.make(workspace, path.slug())) {
            return Reply.text(404, "not found");
        }
        Recorded recorded = commit.submit(wellFormed ? signal : signal.asking());
        return switch (recorded.outcome()) {
            case RECORDED, AGAIN -> ok(response, 201, "Created");
            case FOUND -> refused(path);
            // Two first pings at once: both made one.
            case AMBIGUOUS -> Reply.text(409, "ambiguous slug");
            case UNKNOWN, NO_SUCH_SLUG, TOKEN_ENDED, TOKEN_NEEDED ->
                Reply.later(503, "the monitor is not there yet", SOON);
        };
    }

    private static Reply refused(PingPath path) {
        return Reply.text(400, path.exitFits() ? "invalid uuid format" : "invalid url format");
    }

    private static Reply ok(HttpServletResponse response, int status, String text) {
        response.setHeader("Ping-Body-Limit", Integer.toString(Output.KEPT));
        return Reply.text(status, text);
    }

    private static @Nullable Output nonEmpty(Output output) {
        return output.size() == 0 ? null : output;
    }

    /**
     * Out of the address and nowhere else: asking the container would have it read a form out of the body, and what curl sends
     * with {@code --data-raw} looks like one.
     */
    private static @Nullable String parameter(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        String found = null;
        if (query != null) {
            for (String pair : query.split("&", 100)) {
                int equals = pair.indexOf('=');
                if (pair.substring(0, equals < 0 ? pair.length() : equals).equals(name)) {
                    try {
                        found = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                    } catch (IllegalArgumentException e) {
                        found = "";
                    }
                }
            }
        }
        return found;
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
