package dev.averment.server.identity;

import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.session.Sessions.Credentials;
import java.util.List;

/** How far somebody got who wants in. */
public sealed interface Arrival {

    /** All the way: a session is open. */
    record Opened(Credentials credentials) implements Arrival {}

    /**
     * To the second factor. The ticket opens nothing by itself, and may get into no log all the same.
     *
     * @param methods how it may be shown
     */
    record FactorNeeded(String ticket, List<Method> methods) implements Arrival {
        public FactorNeeded {
            methods = List.copyOf(methods);
        }

        @Override
        public String toString() {
            return "a ticket for " + methods;
        }
    }
}
