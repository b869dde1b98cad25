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

    /** A problem that has nothing more to say than its status. */
    static void write(HttpServletResponse response, int status) throws IOException {
        switch (status) {
            case 400 ->
                write(
                        response,
                        status,
                        "malformed-request",
                        "This request is malformed",
                        "Its address, a parameter or a header can't be read. Write paths plainly, with nothing encoded and no"
                                + " dot segments, and send no header over 8 KiB.");
            case 404 -> write(response, status, "not-found", "There is nothing here", "Check the address.");
            case 405 ->
                write(
                        response,
                        status,
                        "method-not-allowed",
                        "This address does not take that method",
                        "The Allow header, if there is one, says which it takes.");
            default ->
                write(
                        response,
                        status,
                        status >= 500 ? "internal-error" : "refused",
                        status >= 500 ? "The server failed" : "This request was refused",
                        status >= 500
                                ? "The fault is on the server's side and in its log. Try again later."
                                : "The server answers it with status " + status + ".");
        }
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
