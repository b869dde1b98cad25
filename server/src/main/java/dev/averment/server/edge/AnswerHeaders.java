package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The headers that every answer bears, errors too. They are set before anything else runs, so that a route can only
 * replace them on purpose: the public site gives its pages a style sheet and a short life in caches.
 */
final class AnswerHeaders extends OncePerRequestFilter {
    private final EdgePolicy policy;

    AnswerHeaders(EdgePolicy policy) {
        this.policy = policy;
    }

    /** Every header, in order; Strict-Transport-Security over TLS alone (RFC 6797 §7.2). */
    static Map<String, String> all(EdgePolicy policy, boolean secure) {
        var headers = new LinkedHashMap<String, String>();
        if (secure) {
            headers.put("Strict-Transport-Security", policy.hstsHeader());
        }
        headers.put("X-Content-Type-Options", "nosniff");
        headers.put("X-Frame-Options", "DENY");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("Cross-Origin-Opener-Policy", "same-origin");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.put(
                "Content-Security-Policy",
                "default-src 'none'; frame-ancestors 'none'; base-uri 'none'" + PolicyReports.DIRECTIVES);
        headers.put("Reporting-Endpoints", PolicyReports.ENDPOINTS);
        headers.put("Cache-Control", "no-store");
        return headers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        all(policy, request.isSecure()).forEach(response::setHeader);
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
