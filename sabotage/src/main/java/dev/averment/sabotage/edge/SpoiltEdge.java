package dev.averment.sabotage.edge;

import dev.averment.server.database.Role;
import dev.averment.server.tenancy.RolePools;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * Joins a disposable instance as a further source of its application. With an empty file of rules it changes nothing,
 * which the runs without a fault show.
 */
@Configuration(proxyBeanMethods = false)
public class SpoiltEdge {
    /** System property of the instance: the file of rules. */
    public static final String RULES = "averment.sabotage.edge";

    private static Path rules() {
        return Path.of(System.getProperty(RULES));
    }

    @Bean
    FilterRegistrationBean<SpoiltAnswers> spoiltAnswers(ObjectProvider<RolePools> pools) {
        var bean = new FilterRegistrationBean<>(
                new SpoiltAnswers(rules(), () -> pools.getObject().of(Role.AUTH)));
        // After the headers that every answer bears, the rule for paths and that of the plain listener, before
        // everything else.
        bean.setOrder(Ordered.HIGHEST_PRECEDENCE + 3);
        bean.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST, DispatcherType.ERROR));
        return bean;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> gullibleListener() {
        return factory -> factory.addEngineValves(new Gullible(rules()));
    }

    /**
     * Believes of plain requests that they came by TLS, as a listener does that is declared to stand behind a proxy; tidies
     * paths up, as a proxy does that means well.
     */
    private static final class Gullible extends ValveBase {
        private final Path rules;

        Gullible(Path rules) {
            super(true);
            this.rules = rules;
        }

        @Override
        public void invoke(Request request, Response response)
                throws java.io.IOException, jakarta.servlet.ServletException {
            for (EdgeRule rule : EdgeRule.read(rules)) {
                if (rule.kind() == EdgeRule.Kind.PLAIN_AS_SECURE && rule.concerns(request.getRequestURI())) {
                    request.setSecure(true);
                }
                if (rule.kind() == EdgeRule.Kind.TIDY_PATH && rule.concerns(request.getRequestURI())) {
                    request.getCoyoteRequest().requestURI().setString(request.getDecodedRequestURI());
                }
            }
            getNext().invoke(request, response);
        }
    }
}
