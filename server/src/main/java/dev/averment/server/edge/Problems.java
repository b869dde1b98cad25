package dev.averment.server.edge;

import dev.averment.evidence.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Errors as RFC 9457 problems. */
public final class Problems {
    private Problems() {}

    /** @param kind slug of the problem's type, such as {@code not-found} */
    public static byte[] bytes(int status, String kind, String title, String detail) {
        return JsonObject.of(
                        "type", "https://averment.dev/problems/" + kind,
                        "title", title,
                        "status", status,
                        "detail", detail)
                .toPrettyJson()
                .getBytes(StandardCharsets.UTF_8);
    }

    static void write(HttpServletResponse response, int status, String kind, String title, String detail)
            throws IOException {
        byte[] body = bytes(status, kind, title, detail);
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }
}
