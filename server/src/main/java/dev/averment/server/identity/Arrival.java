package dev.averment.server.identity;

import dev.averment.server.identity.factor.FactorPolicy.Demand;
import dev.averment.server.identity.factor.Method;
import dev.averment.server.identity.session.Sessions.Credentials;
import java.util.List;
import java.util.Optional;

/** How far somebody got who wants in. */
public sealed interface Arrival {

    /**
     * All the way: a session is open.
     *
     * @param demanded the factor that an operator has not shown: the session reaches its enrolment and no further
     */
    record Opened(Credentials credentials, Optional<Demand> demanded) implements Arrival {}

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
