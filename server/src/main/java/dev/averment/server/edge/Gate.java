package dev.averment.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** What somebody is told who may not come in: a page sends people on, the interface answers programs with a problem. */
public final class Gate {
    /** Of an operator who has not shown the factor that the page demands. */
    static final String ENROLMENT = "ENROLMENT";

    private static final Logger log = LoggerFactory.getLogger(Gate.class);

    private static final byte[] AGAIN = """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Averment</title><meta http-equiv="refresh" content="0"></head>
            <body><p><a href="">Continue</a></p></body>
            </html>
            """.getBytes(StandardCharsets.UTF_8);

    private Gate() {}

    /**
     * True for a visit by a link on another site, such as a mailbox. Under {@code SameSite=Strict} the browser brings no
     * cookie of ours along on it, whoever it is.
     */
    public static boolean cameByAnotherSite(HttpServletRequest request) {
        return "cross-site".equals(request.getHeader("Sec-Fetch-Site"))
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && request.getMethod().equals("GET");
    }

    /** A page that has the browser come once more, now from here, with the cookies that it has. */
    public static void again(HttpServletResponse response) throws IOException {
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(AGAIN.length);
        response.getOutputStream().write(AGAIN);
    }

    static void unknown(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getRequestURI();
        if (HealthchecksPaths.matches(path)) {
            refused(request);
            HealthchecksPaths.unknown(request, response);
        } else if (path.startsWith("/api/")) {
            refused(request);
            response.setHeader("WWW-Authenticate", "Bearer");
            Problems.write(
                    response,
                    401,
                    "credentials-needed",
                    "Credentials are needed",
                    "Sign in at /api/v1/auth/sign-in and send the access token as Authorization: Bearer …."
                            + " Routes of the operator take the token that lies in the data folder as"
                            + " secrets/operator-token.");
        } else if (!ConsolePaths.matches(path)) {
            // Nothing else wants credentials: there is just nothing there.
            response.sendError(404);
        } else if (cameByAnotherSite(request)) {
            again(response);
        } else {
            boolean reading =
                    request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
            see(response, reading || path.equals("/join") ? "/sign-in?next=" + path : "/sign-in");
        }
    }

    static void denied(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        refused(request);
        boolean enrolment = caller != null
                && caller.getAuthorities().stream().anyMatch(a -> ("ROLE_" + ENROLMENT).equals(a.getAuthority()));
        if (ConsolePaths.matches(request.getRequestURI())) {
            if (enrolment) {
                see(response, "/settings/security");
            } else {
                response.sendError(404);
            }
        } else if (enrolment) {
            Problems.write(
                    response,
                    403,
                    "enrol-factor",
                    "A stronger factor is needed",
                    "This account may operate the server, and its session has not shown the factor that the page demands of"
                            + " operators. Enrol one at /api/v1/account/factors, then sign in with it, or show it at"
                            + " /api/v1/account/proof.");
        } else {
            Problems.write(response, 404, "not-found", "There is nothing here", "Check the address.");
        }
    }

    /** The path without its query, in which nothing belongs anyway; the encoder of the log takes line ends out. */
    private static void refused(HttpServletRequest request) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        log.warn(
                "refused: {} {} from {}, who is {}",
                request.getMethod(),
                request.getRequestURI(),
                request.getRemoteAddr(),
                caller == null || caller instanceof AnonymousAuthenticationToken ? "nobody" : caller.getAuthorities());
    }

    /** See other: whatever the method was, the next one reads. The path is our own. */
    private static void see(HttpServletResponse response, String path) {
        response.setStatus(303);
        response.setHeader("Location", path);
    }
}
