package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The routes that services call each other by, behind a chain of their own: no cookie, no access token and no operator's
 * token opens them, and what opens them opens nothing else.
 */
@Configuration(proxyBeanMethods = false)
public class InternalRoutes {
    /** All of them begin so. */
    public static final String PREFIX = "/internal/";

    private static final String ACTOR = "averment-actor";

    @Bean
    @Order(0)
    SecurityFilterChain internalSecurity(HttpSecurity http, ServiceResolver services) {
        return http.securityMatcher("/internal/**")
                .authorizeHttpRequests(requests -> requests.anyRequest().hasRole("SERVICE"))
                .addFilterBefore(new ServicesOnly(services), AnonymousAuthenticationFilter.class)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // Nothing here takes a cookie, so there is nothing that another site could make use of.
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .build();
    }

    @Bean
    FilterRegistrationBean<ActorHeaderRefusal> actorHeaderRefusal() {
        var bean = new FilterRegistrationBean<>(new ActorHeaderRefusal());
        bean.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return bean;
    }

    private static boolean internal(HttpServletRequest request) {
        return request.getRequestURI().startsWith(PREFIX);
    }

    /**
     * Refuses requests from outside that bring an actor along (ASVS 4.1.3): whoever is no service has no business with the
     * header. A hyphen and an underscore are one to what stands in front of some servers, so they are one here.
     */
    static final class ActorHeaderRefusal extends OncePerRequestFilter {
        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            List<String> names = Collections.list(request.getHeaderNames()).stream()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .filter(name -> name.replace('_', '-').equals(ACTOR))
                    .toList();
            if (names.isEmpty() || (internal(request) && names.equals(List.of(ACTOR)))) {
                chain.doFilter(request, response);
                return;
            }
            Problems.write(
                    response,
                    400,
                    "actor-header",
                    "This request says on whose behalf it comes",
                    "The header Averment-Actor is for calls between services, under /internal/. Leave it out, and sign in.");
        }
    }

    /** One answer for whatever is wrong: who guesses learns nothing of how near he was. */
    private static final class ServicesOnly extends OncePerRequestFilter {
        private final ServiceResolver services;

        ServicesOnly(ServiceResolver services) {
            this.services = services;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            Optional<Authentication> caller = caller(request);
            if (caller.isPresent()) {
                SecurityContextHolder.getContext().setAuthentication(caller.get());
                chain.doFilter(request, response);
                return;
            }
            response.setHeader("WWW-Authenticate", "Service");
            Problems.write(
                    response,
                    401,
                    "service-needed",
                    "Only services may call this",
                    "It takes a service's token and an actor's, signed for this very request and used once:"
                            + " docs/identity.md says how.");
        }

        private Optional<Authentication> caller(HttpServletRequest request) {
            List<String> authorizations = Collections.list(request.getHeaders("Authorization"));
            List<String> actors = Collections.list(request.getHeaders(ACTOR));
            // A browser is nobody's service, whatever its page has got hold of.
            boolean browser = request.getHeader("Origin") != null
                    || request.getHeader("Sec-Fetch-Site") != null
                    || request.getHeader("Cookie") != null;
            return browser || authorizations.size() != 1 || actors.size() != 1
                    ? Optional.empty()
                    : services.caller(
                            authorizations.getFirst(), actors.getFirst(), request.getMethod(), request.getRequestURI());
        }
    }
}
