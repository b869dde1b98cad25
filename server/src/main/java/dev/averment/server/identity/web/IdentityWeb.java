package dev.averment.server.identity.web;

import dev.averment.server.edge.CallerResolver;
import dev.averment.server.identity.SignIn;
import dev.averment.server.identity.factor.FactorPolicy;
import dev.averment.server.identity.session.Sessions;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What identity gives to the edge. */
@Configuration(proxyBeanMethods = false)
public class IdentityWeb {

    @Bean
    IdentityCookies identityCookies(Sessions sessions, InstantSource clock) {
        return new IdentityCookies(sessions.policy(), clock);
    }

    @Bean
    Grants grants(IdentityCookies cookies) {
        return new Grants(cookies);
    }

    @Bean
    CallerResolver sessionCallers(SignIn signIn, FactorPolicy policy) {
        return new SessionCallers(signIn, policy);
    }
}
