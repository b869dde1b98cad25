package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What may be had over plain HTTP: the public pages, for reading, on the machine itself. A person who tries Averment
 * sees the page without trusting a certificate first. Everything else is refused and not redirected: a redirect would
 * teach API clients to send their credentials in the clear (ASVS 4.1.2).
 */
final class ReadingListener extends OncePerRequestFilter {
    private final int port;

    ReadingListener(int port) {
        this.port = port;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.isSecure()) {
            chain.doFilter(request, response);
            return;
        }
        boolean reading =
                request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        boolean here = port != 0 && request.getLocalPort() == port && isLoopback(request.getServerName());
        if (reading
                && here
                && PublicPaths.matches(request.getRequestURI())
                && request.getHeader("Authorization") == null) {
            chain.doFilter(request, response);
            return;
        }
        Problems.write(
                response,
                403,
                "https-only",
                "This is to be had over HTTPS only",
                "The plain listener shows the public pages to this machine, and nothing else. Use the HTTPS address.");
    }

    /** A page of another site that resolves its own name to 127.0.0.1 (DNS rebinding) brings its own name along. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1");
    }
}
