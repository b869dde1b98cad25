package dev.averment.server.identity;

import dev.averment.server.identity.event.AuthEvents;
import dev.averment.server.tenancy.Workspaces;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Transactions of the role that signs people in: it reaches the identity schema, which no other role does, and adds entries
 * to the system's log, in whose sealed context it runs.
 */
public final class IdentityTransactions {
    private final Workspaces workspaces;

    /** @param workspaces over the pool of {@code averment_auth} */
    public IdentityTransactions(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    public <T> T in(Function<JdbcClient, T> work) {
        return workspaces.in(AuthEvents.context(), work);
    }
}
