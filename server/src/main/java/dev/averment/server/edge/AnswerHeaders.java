package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The headers that every answer bears, errors too. They are set before anything else runs, so that a route can only
 * replace them on purpose: the public site gives its pages a style sheet and a short life in caches.
 */
final class AnswerHeaders extends OncePerRequestFilter {
    private final String hsts;

    AnswerHeaders(EdgePolicy policy) {
        this.hsts = policy.hstsHeader();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        set(hsts, request.isSecure(), response);
        chain.doFilter(request, response);
    }

    /** Also for answers that never reach a filter: what the listener itself refuses. */
    static void set(String hsts, boolean secure, HttpServletResponse response) {
        if (secure) {
            response.setHeader("Strict-Transport-Security", hsts);
        }
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'");
        response.setHeader("Cache-Control", "no-store");
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
