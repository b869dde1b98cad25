package dev.averment.server.edge;

import java.util.Optional;
import org.springframework.security.core.Authentication;

/** Knows the services that may call the internal routes. Identity provides it. */
@FunctionalInterface
public interface ServiceResolver {

    /**
     * Who calls, and on whose behalf; empty when anything about it is not right.
     *
     * @param authorization the one header Authorization
     * @param actor         the one header Averment-Actor
     * @param method        of the request
     * @param path          as it was sent, without query
     */
    Optional<Authentication> caller(String authorization, String actor, String method, String path);
}
