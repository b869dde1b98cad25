package dev.averment.server.identity;

import dev.averment.server.identity.actor.ServicePair;
import java.nio.file.Path;

/**
 * This server as one of several services.
 *
 * @param name what other services call it
 * @param keys folder of the keys of calls between services
 */
public record OwnService(String name, Path keys) {
    /** Whether {@code text} can name a service. */
    public static boolean isName(String text) {
        return ServicePair.isName(text);
    }
}
