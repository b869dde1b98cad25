package dev.averment.server.api;

import dev.averment.claims.Claim;
import dev.averment.claims.Page;
import dev.averment.server.edge.PublicPaths;
import dev.averment.server.identity.ShownToChecks;
import dev.averment.server.tenancy.WellKnown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Every route of the running application, asked of the application itself: a route that nobody thought of when a check
 * was written is looked at all the same.
 */
@Component
public class RouteList {
    private final RequestMappingHandlerMapping mappings;
    private final AntPathMatcher matcher = new AntPathMatcher();

    RouteList(RequestMappingHandlerMapping requestMappingHandlerMapping) {
        this.mappings = requestMappingHandlerMapping;
    }

    /**
     * {@code METHOD path public|authenticated template needs}: every variable of the path is filled in with something that exists
     * on {@code page}, or an id of nobody; needs is the permission that the route declares for programs, {@code -} for none.
     */
    public List<String> of(Page page) {
        Set<String> routes = new TreeSet<>();
        for (var route : mappings.getHandlerMethods().entrySet()) {
            RequestMappingInfo mapping = route.getKey();
            Optional<String> declared = ShownToChecks.needs(route.getValue().getMethod());
            var methods = mapping.getMethodsCondition().getMethods();
            for (String pattern : mapping.getPatternValues()) {
                String path = filled(pattern, page);
                // Pages are for people: the same permission opens them, but no program's token does.
                String needs = declared.filter(_ -> path.startsWith("/api/")).orElse("-");
                boolean open = PublicPaths.PATTERNS.stream().anyMatch(p -> matcher.match(p, path));
                for (String method : methods.isEmpty()
                        ? List.of("GET")
                        : methods.stream().map(RequestMethod::name).toList()) {
                    routes.add(method + " " + path + " " + (open ? "public" : "authenticated") + " " + pattern + " "
                            + needs);
                }
            }
        }
        return new ArrayList<>(routes);
    }

    private static String filled(String pattern, Page page) {
        Claim claim = page.claims().getFirst();
        Map<String, String> values = Map.of(
                "{page}", page.id(),
                "{claim}", claim.id(),
                "{check}", claim.checks().getFirst().id(),
                "{number}", "1",
                "{id}",
                        page.documents().isEmpty()
                                ? "none"
                                : page.documents().getFirst().id(),
                "{log}", WellKnown.OPERATOR.toString(),
                "{hash}", "none");
        String path = pattern.replace("/tile/**", "/tile/0/000.p/1").replace("/**", "/none");
        for (var value : values.entrySet()) {
            path = path.replace(value.getKey(), value.getValue());
        }
        // What is left names something of a person's own, of which a page has none.
        return path.replaceAll("\\{[^}]*}", new UUID(0, 0).toString());
    }
}
