package dev.averment.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.security.core.Authentication;

/** Knows one kind of credential, and who bears it. Identity provides these; the edge asks each of them in turn. */
@FunctionalInterface
public interface CallerResolver {

    /** Whose credential {@code request} bears; empty when it has none of this kind, or one that is not good. */
    Optional<Authentication> caller(HttpServletRequest request);
}
