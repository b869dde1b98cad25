package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Finds out who calls, for the routes that want to know. */
final class CallerFilter extends OncePerRequestFilter {
    private final List<CallerResolver> resolvers;

    CallerFilter(List<CallerResolver> resolvers) {
        this.resolvers = List.copyOf(resolvers);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (SecurityContextHolder.getContext().getAuthentication() == null) {
            for (CallerResolver resolver : resolvers) {
                Authentication caller = resolver.caller(request).orElse(null);
                if (caller != null) {
                    SecurityContextHolder.getContext().setAuthentication(caller);
                    break;
                }
            }
        }
        chain.doFilter(request, response);
    }
}
