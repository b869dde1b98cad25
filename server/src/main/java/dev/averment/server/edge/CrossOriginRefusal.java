package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests that another site's page made a browser send (CSRF, ASVS 3.5.1). Browsers say where a request comes from,
 * in Sec-Fetch-Site or at least in Origin, and no page can change what they say; a program that sends neither has no cookies
 * of anybody else. SameSite on the cookies is the second wall behind this one.
 */
final class CrossOriginRefusal extends OncePerRequestFilter {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final Set<String> origins;

    /** @param bases the addresses under which people reach this server */
    CrossOriginRefusal(Collection<URI> bases) {
        this.origins = bases.stream().map(Object::toString).collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SAFE.contains(request.getMethod())
                || own(request)
                || request.getMethod().equals("POST") && PublicPaths.fromElsewhere(request.getRequestURI())) {
            chain.doFilter(request, response);
            return;
        }
        Problems.write(
                response,
                403,
                "cross-origin",
                "This request comes from another site",
                "Pages of other sites can't change anything here. Open this server's own page and try again there.");
    }

    private boolean own(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !origins.contains(origin)) {
            return false;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        return site == null || site.equals("same-origin") || site.equals("none");
    }
}
