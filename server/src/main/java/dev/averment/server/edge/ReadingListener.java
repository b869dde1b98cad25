package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What may be had over plain HTTP: the public pages, for reading, on the machine itself. A person who tries Averment
 * sees the page without trusting a certificate first. The pages of the console are read by people alone and
 * redirect to HTTPS. Everything else is refused and not redirected: a redirect would teach API clients to send their
 * credentials in the clear (ASVS 4.1.2).
 */
final class ReadingListener extends OncePerRequestFilter {
    private final int port;
    private final URI base;

    /** @param base where the pages are on which people type passwords */
    ReadingListener(int port, URI base) {
        this.port = port;
        this.base = base;
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
        if (reading
                && here
                && ConsolePaths.matches(request.getRequestURI())
                && request.getHeader("Authorization") == null) {
            // Only a browser asks for these, and its cookies of ours never travel in the clear.
            response.setStatus(307);
            response.setHeader("Location", base + request.getRequestURI());
            return;
        }
        if (reading && here && forPeople(request)) {
            response.sendError(404);
            return;
        }
        Problems.write(
                response,
                403,
                "https-only",
                "This is to be had over HTTPS only",
                "The plain listener shows the public pages to this machine, and nothing else. Use the HTTPS address.");
    }

    /** A browser that asks for a page: nothing that programs use lies there, and a person is told so on a page. */
    private static boolean forPeople(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("text/html")
                && !request.getRequestURI().startsWith("/api/")
                && request.getHeader("Authorization") == null;
    }

    /** A page of another site that resolves its own name to 127.0.0.1 (DNS rebinding) brings its own name along. */
    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("127.0.0.1");
    }
}
