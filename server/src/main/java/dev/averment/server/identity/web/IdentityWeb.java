package dev.averment.server.identity.web;

import dev.averment.server.edge.CallerResolver;
import dev.averment.server.edge.ClientAddress;
import dev.averment.server.edge.ServiceResolver;
import dev.averment.server.identity.SignIn;
import dev.averment.server.identity.actor.ServiceDoor;
import dev.averment.server.identity.factor.FactorPolicy;
import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.token.ApiTokens;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What identity gives to the edge. */
@Configuration(proxyBeanMethods = false)
public class IdentityWeb {

    @Bean
    IdentityCookies identityCookies(Sessions sessions, InstantSource clock) {
        return new IdentityCookies(sessions.policy(), clock);
    }

    @Bean
    BrowserSessions browserSessions(IdentityCookies cookies, SignIn signIn, ClientAddress addresses) {
        return new BrowserSessions(cookies, signIn, addresses);
    }

    @Bean
    Grants grants(IdentityCookies cookies) {
        return new Grants(cookies);
    }

    @Bean
    CallerResolver sessionCallers(SignIn signIn, FactorPolicy policy) {
        return new SessionCallers(signIn, policy);
    }

    @Bean
    CallerResolver tokenCallers(ApiTokens tokens, ClientAddress addresses) {
        return new TokenCallers(tokens, addresses);
    }

    @Bean
    ServiceResolver serviceCallers(ServiceDoor door) {
        return (authorization, actor, method, path) ->
                door.enter(authorization, actor, method, path).map(InternalCaller::new);
    }

    @Bean
    WebMvcConfigurer entrances(Sessions sessions) {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new EntranceResolver(sessions));
            }
        };
    }
}
