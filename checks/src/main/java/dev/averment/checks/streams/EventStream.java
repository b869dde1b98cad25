package dev.averment.checks.streams;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Web;
import dev.averment.checks.target.WebFetch;
import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Follows a stream of server-sent events (HTML, §9.2) in a thread of its own, until it is closed. */
public final class EventStream implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** Of one stream: no site may fill this machine's memory. */
    private static final int MOST_LINE = 64 * 1024;

    private static final int PROBLEM = 64 * 1024;

    private final InputStream in;

    /**
     * Something that came.
     *
     * @param id   as it is sent back to go on after it
     * @param kind such as {@code ready}
     */
    public record Event(String id, String kind, String data) {}

    /**
     * What became of an attempt.
     *
     * @param stream     that is open now; empty when it was refused
     * @param detail     what a refusal says to people
     * @param retryAfter of a refusal
     */
    public record Attempt(int status, Optional<EventStream> stream, String detail, String retryAfter) {}

    private EventStream(InputStream in) {
        this.in = in;
    }

    /**
     * Tries to open a stream; its events go to {@code events} from another thread.
     *
     * @param after id of the last event that is known; empty to begin now
     */
    public static Attempt open(Web server, String path, String accessToken, String after, Consumer<Event> events)
            throws CollectException {
        Map<String, String> headers =
                new HashMap<>(Map.of("Authorization", "Bearer " + accessToken, "Accept", "text/event-stream"));
        if (!after.isEmpty()) {
            headers.put("Last-Event-ID", after);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(WebFetch.resolve(server.base(), path));
        headers.forEach(request::header);
        var exchange = server.client().sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> answer = exchange.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            boolean stream = answer.statusCode() == 200
                    && answer.headers().firstValue("content-type").orElse("").startsWith("text/event-stream");
            if (!stream) {
                return refused(answer);
            }
            var open = new EventStream(answer.body());
            Thread.ofVirtual().name("check-stream").start(() -> open.follow(events));
            return new Attempt(200, Optional.of(open), "", "");
        } catch (TimeoutException | ExecutionException | IOException e) {
            exchange.cancel(true);
            throw new CollectException(
                    "The stream " + path + " got no answer (" + WebFetch.why(e) + "); see whether the site is up.", e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new CollectException("The check was interrupted before a stream was opened; run it again.", e);
        }
    }

    private static Attempt refused(HttpResponse<InputStream> answer) throws IOException {
        try (InputStream body = answer.body()) {
            String detail = "";
            try {
                JsonObject problem = Json.parseObject(body.readNBytes(PROBLEM));
                detail = problem.optionalString("detail").orElse("");
            } catch (JsonException e) {
                detail = "";
            }
            return new Attempt(
                    answer.statusCode(),
                    Optional.empty(),
                    detail,
                    answer.headers().firstValue("retry-after").orElse(""));
        }
    }

    private void follow(Consumer<Event> events) {
        try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            String id = "";
            String kind = "";
            var data = new StringBuilder();
            for (String line = line(reader); line != null; line = line(reader)) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.accept(new Event(id, kind, data.toString()));
                    }
                    kind = "";
                    data.setLength(0);
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("event: ")) {
                    kind = line.substring("event: ".length());
                } else if (line.startsWith("data: ") && data.length() < MOST_LINE) {
                    data.append(line, "data: ".length(), line.length());
                }
            }
        } catch (IOException e) {
            System.getLogger(EventStream.class.getName())
                    .log(System.Logger.Level.DEBUG, "a stream ended: {0}", e.getMessage());
        }
    }

    private static @org.jspecify.annotations.Nullable String line(BufferedReader reader) throws IOException {
        var line = new StringBuilder();
        for (int c = reader.read(); c != '\n'; c = reader.read()) {
            if (c < 0) {
                return null;
            }
            if (line.length() >= MOST_LINE) {
                throw new IOException("a line without an end");
            }
            line.append((char) c);
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            System.getLogger(EventStream.class.getName())
                    .log(System.Logger.Level.DEBUG, "a stream could not be closed: {0}", e.getMessage());
        }
    }
}
