package dev.averment.server.edge;

import dev.averment.evidence.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Paths that speak as Healthchecks does, so that its tools work here: another header for the key, and other errors. */
public final class HealthchecksPaths {
    static final String PATTERN = "/api/v3/**";

    private HealthchecksPaths() {}

    /** True for a raw request path of that interface. */
    public static boolean matches(String rawPath) {
        return rawPath.startsWith("/api/v3/");
    }

    /** Somebody without a key that is good. */
    static void unknown(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean none = request.getHeader("X-Api-Key") == null && request.getHeader("Authorization") == null;
        byte[] body = JsonObject.of("error", none ? "missing api key" : "wrong api key")
                .canonical();
        response.setStatus(401);
        response.setHeader("WWW-Authenticate", "Bearer");
        response.setContentType("application/json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
