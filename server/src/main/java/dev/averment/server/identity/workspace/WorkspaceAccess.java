package dev.averment.server.identity.workspace;

import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The one door into a workspace. Role and permission are read in the transaction that does the work, so that a role that was
 * taken away is gone at the next request (ASVS 8.3.2). To whoever is no member the workspace does not exist: the refusal is
 * the one for an id that was never given out.
 */
public final class WorkspaceAccess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkspaceAccess.class);

    private final Workspaces workspaces;
    private final MemberStore members = new MemberStore();

    public WorkspaceAccess(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    /**
     * What the work gets.
     *
     * @param role what the caller is in the workspace
     */
    public record Inside(JdbcClient jdbc, WorkspaceContext context, Caller caller, MemberRole role) {}

    /** Does {@code work} as the caller in the workspace, if he may. A refusal by the work rolls nothing back that it did. */
    public <T> Outcome<T> in(Entrance entrance, Function<Inside, Outcome<T>> work) {
        Caller caller = entrance.caller();
        if (caller instanceof Caller.Program program && !program.workspace().equals(entrance.workspace())) {
            return refused(entrance, new Refusal.NotFound());
        }
        var context = new WorkspaceContext(entrance.workspace(), caller.actor());
        return workspaces.in(context, jdbc -> {
            Optional<MemberRole> role = members.role(jdbc, context.workspace(), caller.account());
            if (role.isEmpty()) {
                return refused(entrance, new Refusal.NotFound());
            }
            if (!role.get().may(entrance.permission()) || !caller.may(context.workspace(), entrance.permission())) {
                return refused(
                        entrance, new Refusal.Forbidden(entrance.permission().word()));
            }
            return work.apply(new Inside(jdbc, context, caller, role.get()));
        });
    }

    /** By ids only: whoever they are stands in the database (ASVS 16.3.2). */
    private static <T> Outcome<T> refused(Entrance entrance, Refusal why) {
        LOG.warn(
                "refused: {} wanted {} in workspace {}",
                entrance.caller().actor(),
                entrance.permission().word(),
                entrance.workspace());
        return Outcome.refused(why);
    }
}
