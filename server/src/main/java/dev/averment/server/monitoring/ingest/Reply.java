package dev.averment.server.monitoring.ingest;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the lane answers.
 *
 * @param retryAfter when to come again, for those who may
 */
record Reply(int status, String type, byte[] body, @Nullable Duration retryAfter) {
    private static final String TEXT = "text/plain;charset=utf-8";

    static Reply text(int status, String body) {
        return new Reply(status, TEXT, body.getBytes(StandardCharsets.UTF_8), null);
    }

    static Reply later(int status, String body, Duration retryAfter) {
        return new Reply(status, TEXT, body.getBytes(StandardCharsets.UTF_8), retryAfter);
    }

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        if (retryAfter != null) {
            response.setHeader("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds())));
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
