package dev.averment.server.console;

import dev.averment.server.edge.ClientAddress;
import dev.averment.server.edge.PolicyReports;
import dev.averment.server.identity.Client;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.web.BrowserSessions;
import dev.averment.server.identity.web.Clients;
import dev.averment.server.identity.web.SignedIn;
import dev.averment.server.publicsite.SiteLanguage;
import dev.averment.server.publicsite.StaticFiles;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

/** Where every page of the console is handed out: settles the language, renders, and turns refusals into messages. */
@Component
public final class Counter {
    /**
     * As the public site's, and the page's own script may ask this server for a passkey's options. Where a form leads is
     * named, too: text that got past escaping could otherwise have a password sent elsewhere.
     */
    static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
                    + "script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
                    + PolicyReports.DIRECTIVES;

    private static final String LANGUAGE = "__Host-language";
    private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    private final StaticFiles files;
    private final ClientAddress addresses;

    Counter(StaticFiles files, ClientAddress addresses) {
        this.files = files;
        this.addresses = addresses;
    }

    public Sheet sheet(HttpServletRequest request) {
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return new Sheet(
                language(request),
                files,
                request.getRequestURI(),
                request.getUserPrincipal() instanceof SignedIn,
                // A form brings it along in its body, a link in the address.
                BrowserSessions.next(request.getParameter("next")),
                reading ? Done.of(request.getParameter("done")).orElse(null) : null);
    }

    /** What was chosen by hand, here or before; else what the browser asks for. */
    private static SiteLanguage language(HttpServletRequest request) {
        return chosen(request)
                .or(() -> cookie(request))
                .orElseGet(() -> SiteLanguage.negotiate(
                        request.getHeader(HttpHeaders.ACCEPT_LANGUAGE), List.of(SiteLanguage.values())));
    }

    private static Optional<SiteLanguage> chosen(HttpServletRequest request) {
        return SiteLanguage.of(request.getParameter("lang"));
    }

    private static Optional<SiteLanguage> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(LANGUAGE)) {
                    return SiteLanguage.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    public ResponseEntity<byte[]> show(
            HttpServletRequest request, String template, Sheet sheet, Map<String, Object> more) {
        return show(request, 200, template, sheet, more);
    }

    public ResponseEntity<byte[]> show(HttpServletRequest request, String template, Sheet sheet) {
        return show(request, 200, template, sheet, Map.of());
    }

    private ResponseEntity<byte[]> show(
            HttpServletRequest request, int status, String template, Sheet sheet, Map<String, Object> more) {
        var parameters = new HashMap<>(more);
        parameters.put("sheet", sheet);
        var output = new Utf8ByteOutput();
        engine.render("console/" + template + ".jte", parameters, output);
        var bytes = new ByteArrayOutputStream(output.getContentLength());
        try {
            output.writeTo(bytes::write);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var answer = ResponseEntity.status(status)
                .contentType(HTML)
                .header("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                // Under no-referrer browsers send forms with "Origin: null", which is refused like any stranger's.
                .header("Referrer-Policy", "same-origin")
                .header(HttpHeaders.CONTENT_LANGUAGE, sheet.language().tag());
        if (request.getMethod().equals("GET") && chosen(request).isPresent()) {
            answer.header(
                    HttpHeaders.SET_COOKIE,
                    LANGUAGE + "=" + sheet.language().tag()
                            + "; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax");
        }
        return answer.body(bytes.toByteArray());
    }

    /** See other: what comes next is read, whatever this was. */
    public ResponseEntity<byte[]> go(String path) {
        return ResponseEntity.status(HttpStatus.SEE_OTHER)
                .header(HttpHeaders.LOCATION, path)
                .build();
    }

    public ResponseEntity<byte[]> go(String path, Done done) {
        return go(path + "?done=" + done.word());
    }

    /** The same page once more, with what is wrong. */
    public ResponseEntity<byte[]> again(
            HttpServletRequest request,
            Refusal why,
            String field,
            String template,
            Sheet sheet,
            Map<String, Object> more) {
        if (why instanceof Refusal.NotFound) {
            return missing();
        }
        sheet.wrong(field, Mistake.message(why, sheet));
        ResponseEntity<byte[]> answer = show(request, Mistake.status(why), template, sheet, more);
        if (why instanceof Refusal.Limited limited) {
            return ResponseEntity.status(answer.getStatusCode())
                    .headers(answer.getHeaders())
                    .header(
                            HttpHeaders.RETRY_AFTER,
                            Long.toString(limited.retryAfter().toSeconds()))
                    .body(answer.getBody());
        }
        return answer;
    }

    /** The answer to what was done, or the same page once more. A proof that has become too old is asked for first. */
    public <T> ResponseEntity<byte[]> answer(
            Outcome<T> outcome,
            Function<T, ResponseEntity<byte[]>> done,
            Function<Refusal, ResponseEntity<byte[]>> not) {
        return switch (outcome) {
            case Outcome.Done<T> d -> done.apply(d.value());
            case Outcome.Refused<T> r -> not.apply(r.why());
        };
    }

    /** To the place where somebody shows again to be there, and back to {@code path}. */
    public ResponseEntity<byte[]> prove(String path) {
        return go("/proof?next=" + path);
    }

    /** A page that says why not, and nothing else. */
    public ResponseEntity<byte[]> refuse(HttpServletRequest request, Refusal why, Sheet sheet, String back) {
        if (why instanceof Refusal.ProofNeeded) {
            return prove(back);
        }
        return again(request, why, Sheet.WHOLE, "refused", sheet.titled(Talk.NOT_DONE), Map.of("back", back));
    }

    /** The answer for what is somebody else's, or nobody's. */
    public ResponseEntity<byte[]> missing() {
        return nothing();
    }

    /** As {@link #missing}, from the midst of something. */
    public <T> T nothing() {
        throw new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    Client client(HttpServletRequest request) {
        return Clients.of(request, addresses);
    }
}
