package dev.averment.server.publicsite;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;

/** Turns bytes into answers with the headers that the whole site shares. A 304 is made of these by the framework. */
final class Answers {

    private static final CacheControl SHORTLY =
            CacheControl.maxAge(Duration.ofSeconds(5)).cachePublic();
    private static final CacheControl FOR_EVER =
            CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

    private Answers() {}

    /** A page or file that may change at any moment. */
    static ResponseEntity<byte[]> fresh(HttpServletRequest request, Body body) {
        return answer(request, body, HttpStatus.OK, SHORTLY, null);
    }

    /** A file to keep, under a name of our choosing. */
    static ResponseEntity<byte[]> download(HttpServletRequest request, Body body, String filename) {
        return answer(request, body, HttpStatus.OK, SHORTLY, filename);
    }

    /** A file whose address names its content. */
    static ResponseEntity<byte[]> immutable(HttpServletRequest request, Body body) {
        return answer(request, body, HttpStatus.OK, FOR_EVER, null);
    }

    /** An error. Nothing but a missing page is worth keeping, and that only shortly. */
    static ResponseEntity<byte[]> sorry(HttpServletRequest request, Body body, int status) {
        return answer(
                request, body, HttpStatusCode.valueOf(status), status == 404 ? SHORTLY : CacheControl.noStore(), null);
    }

    private static ResponseEntity<byte[]> answer(
            HttpServletRequest request,
            Body body,
            HttpStatusCode status,
            CacheControl cache,
            @Nullable String filename) {
        byte[] gzip = body.gzip();
        boolean compressed = gzip != null && acceptsGzip(request.getHeader(HttpHeaders.ACCEPT_ENCODING));
        var headers = new HttpHeaders();
        headers.setContentType(body.type());
        headers.setCacheControl(signedIn(request) ? CacheControl.noStore() : cache);
        headers.set(HttpHeaders.VARY, "Accept-Encoding, Accept-Language");
        headers.set("Content-Security-Policy", PublicSite.CONTENT_SECURITY_POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        if (status == HttpStatus.OK) {
            // Strong tags name exact bytes, so each encoding has its own (RFC 9110, section 8.8.3.3).
            headers.setETag('"' + body.hash() + (compressed ? "-gz" : "") + '"');
        }
        if (filename != null) {
            headers.set(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + filename + "\"");
        }
        if (compressed) {
            headers.set(HttpHeaders.CONTENT_ENCODING, "gzip");
            return new ResponseEntity<>(gzip, headers, status);
        }
        return new ResponseEntity<>(body.plain(), headers, status);
    }

    /** Whoever sends a credential gets an answer that no cache keeps, also where the public gets the same bytes. */
    private static boolean signedIn(HttpServletRequest request) {
        String cookies = request.getHeader(HttpHeaders.COOKIE);
        return request.getHeader(HttpHeaders.AUTHORIZATION) != null || (cookies != null && cookies.contains("__Host-"));
    }

    private static boolean acceptsGzip(@Nullable String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        for (String coding : acceptEncoding.split(",", 20)) {
            String c = coding.strip();
            if (c.equals("gzip")) {
                return true;
            }
            if (c.startsWith("gzip;")) {
                return !c.replace(" ", "").matches("gzip;q=0(\\.0*)?");
            }
        }
        return false;
    }
}
