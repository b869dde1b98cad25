package dev.averment.server.edge;

import dev.averment.server.database.DataFolder;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** Listeners and the chain that every request passes: headers, the plain listener's rule, credentials. */
@Configuration(proxyBeanMethods = false)
public class EdgeConfiguration {

    /** Where the plain listener is, for those who wire the edge. */
    public record ReadingPort(int port) {}

    /**
     * Under which addresses people reach this server, for those who wire the edge and for whoever writes links.
     *
     * @param base  the one that the operator named
     * @param local the machine's own
     */
    public record OwnAddresses(URI base, URI local) {}

    /** How many connections one address may have at once on each listener, for those who wire the edge. */
    public record ConnectionShare(int most) {}

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> listeners(
            ReadingPort reading, EdgePolicy policy, ConnectionShare share, ClientAddress addresses) {
        return factory -> {
            factory.setProtocol(EdgeProtocol.class.getName());
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(BareErrors.class.getName());
                }
            });
            factory.addConnectorCustomizers(connector -> {
                connector.setProperty("maxPartCount", "10");
                // The container reads forms past the limit on bodies.
                connector.setMaxPostSize(64 << 10);
                connector.setXpoweredBy(false);
                // Whoever asks before he sends a large body hears of the limit instead of being told to go on.
                connector.setProperty("continueResponseTiming", "onRead");
                if (connector.getProtocolHandler() instanceof EdgeProtocol protocol) {
                    bound(protocol, AnswerHeaders.all(policy, true), share, addresses);
                }
            });
            if (reading.port() != 0) {
                var protocol = new EdgeProtocol();
                protocol.setAddress(InetAddress.getLoopbackAddress());
                bound(protocol, AnswerHeaders.all(policy, false), share, addresses);
                var plain = new Connector(protocol);
                plain.setPort(reading.port());
                factory.addAdditionalConnectors(plain);
            }
        };
    }

    /** Both listeners alike; for the first one the framework has set its own number of requests before. */
    private static void bound(
            EdgeProtocol protocol, Map<String, String> headers, ConnectionShare share, ClientAddress addresses) {
        protocol.refuseWith(headers);
        protocol.limitConnections(share.most(), addresses::trusted);
        protocol.setMaxKeepAliveRequests(EdgeProtocol.REQUESTS);
    }

    @Bean
    FilterRegistrationBean<AnswerHeaders> answerHeaders(EdgePolicy policy) {
        var bean = new FilterRegistrationBean<>(new AnswerHeaders(policy));
        bean.setOrder(Ordered.HIGHEST_PRECEDENCE);
        bean.setDispatcherTypes(
                java.util.EnumSet.of(jakarta.servlet.DispatcherType.REQUEST, jakarta.servlet.DispatcherType.ERROR));
        return bean;
    }

    @Bean
    FilterRegistrationBean<ReadingListener> readingListener(ReadingPort reading, OwnAddresses addresses) {
        var bean = new FilterRegistrationBean<>(new ReadingListener(reading.port(), addresses.base()));
        bean.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return bean;
    }

    @Bean
    FilterRegistrationBean<PathFirewall> pathFirewall() {
        var bean = new FilterRegistrationBean<>(new PathFirewall());
        // Before anything reads the path but the plain listener's rule, which is as strict.
        bean.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return bean;
    }

    /**
     * The place of a lane that answers by itself, ahead of limits on bodies and the chain of credentials: behind the headers of
     * every answer, the rule that all is said over TLS, and the one that paths are written plainly.
     */
    public static final int LANES = Ordered.HIGHEST_PRECEDENCE + 3;

    /** Room for a form or a small JSON object; what needs more has a route with a limit of its own. */
    private static final int BODY = 64 << 10;

    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit() {
        var bean = new FilterRegistrationBean<>(new BodyLimit(BODY));
        bean.setOrder(LANES + 1);
        return bean;
    }

    @Bean
    FilterRegistrationBean<PolicyReports> policyReports(InstantSource clock) {
        var bean = new FilterRegistrationBean<>(new PolicyReports(clock));
        bean.setOrder(LANES + 2);
        return bean;
    }

    @Bean
    FilterRegistrationBean<CrossOriginRefusal> crossOriginRefusal(OwnAddresses addresses) {
        var bean = new FilterRegistrationBean<>(new CrossOriginRefusal(List.of(addresses.base(), addresses.local())));
        bean.setOrder(LANES + 3);
        return bean;
    }

    /** Bodies are taken to the letter: an unknown, missing, repeated or null member is a mistake or an attempt. */
    @Bean
    JsonMapperBuilderCustomizer strictBodies() {
        return builder -> builder.enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                // A number is no text: which text of 1e3 would be the password?
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http, DataFolder data, List<CallerResolver> callers) throws IOException {
        String[] open = PublicPaths.PATTERNS.toArray(String[]::new);
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(HttpMethod.GET, open)
                        .permitAll()
                        .requestMatchers(HttpMethod.HEAD, open)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/api/v1/auth/**", PublicPaths.FROM_ELSEWHERE)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, "/join")
                        .hasRole("PERSON")
                        .requestMatchers(HttpMethod.POST, ConsolePaths.OPEN.toArray(String[]::new))
                        .permitAll()
                        // Who has not shown the demanded factor may enrol one, and make himself no other way in.
                        .requestMatchers("/settings/security/links/**")
                        .hasRole("PERSON")
                        .requestMatchers(ConsolePaths.ENROLMENT.toArray(String[]::new))
                        .hasAnyRole("PERSON", Gate.ENROLMENT)
                        .requestMatchers(ConsolePaths.CLOSED.toArray(String[]::new))
                        .hasRole("PERSON")
                        .requestMatchers(HttpMethod.GET, "/api/v1/account")
                        .hasAnyRole("PERSON", Gate.ENROLMENT)
                        .requestMatchers(
                                "/api/v1/account/factors",
                                "/api/v1/account/factors/**",
                                "/api/v1/account/proof",
                                "/api/v1/account/proof/**",
                                "/api/v1/account/sign-out")
                        .hasAnyRole("PERSON", Gate.ENROLMENT)
                        .requestMatchers("/api/v1/account", "/api/v1/account/**")
                        .hasRole("PERSON")
                        // Programs have no account of their own to look at, and make no workspaces.
                        .requestMatchers("/api/v1/workspaces")
                        .hasRole("PERSON")
                        .requestMatchers("/api/v1/workspaces/**")
                        .hasAnyRole("PERSON", "PROGRAM")
                        .requestMatchers(HealthchecksPaths.PATTERN)
                        .hasRole("PROGRAM")
                        .requestMatchers("/api/**")
                        .hasRole("OPERATOR")
                        .anyRequest()
                        .denyAll())
                .addFilterBefore(
                        new OperatorTokenFilter(data.secret("operator-token")), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new CallerFilter(callers), AnonymousAuthenticationFilter.class)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // CrossOriginRefusal stands in front of everything, signed in or not.
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        e -> e.authenticationEntryPoint((request, response, _) -> Gate.unknown(request, response))
                                .accessDeniedHandler((request, response, _) -> Gate.denied(request, response)))
                .build();
    }
}
