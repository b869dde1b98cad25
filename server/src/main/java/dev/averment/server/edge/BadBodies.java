package dev.averment.server.edge;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Bodies that can't be read. The answer does not repeat what was sent: it may hold a password. */
@RestControllerAdvice
class BadBodies {

    @ExceptionHandler(HttpMessageNotReadableException.class)
    void body(HttpMessageNotReadableException e, HttpServletResponse response) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyLimit.TooLarge large) {
                Problems.write(
                        response, 413, "body-too-large", "The request's body is too large", large.getMessage() + ".");
                return;
            }
            if (cause instanceof BodyLimit.NotUtf8) {
                Problems.write(
                        response,
                        415,
                        "unsupported-charset",
                        "The request's body is not in UTF-8",
                        BodyLimit.NotUtf8.WHAT_TO_DO);
                return;
            }
        }
        Problems.write(
                response,
                400,
                "malformed-body",
                "The request's body can't be read",
                "It must be one JSON object with the members that docs/api.md names for this route, each once, and no others.");
    }

    @ExceptionHandler(HttpMediaTypeNotSupportedException.class)
    void type(HttpServletResponse response) throws IOException {
        Problems.write(
                response,
                415,
                "unsupported-media-type",
                "The request's body is of another type",
                "Send application/json.");
    }
}
