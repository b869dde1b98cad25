package dev.averment.server.identity.workspace;

import java.util.Set;
import java.util.UUID;

/** Who wants something of a workspace. */
public sealed interface Caller {
    /** On whose behalf. */
    UUID account();

    /** As the modification log names it. */
    String actor();

    /** What this caller could do at the most; the role in the workspace may allow less. */
    boolean may(UUID workspace, Permission permission);

    /**
     * A person in a session.
     *
     * @param fresh whether the person has just proved to be there
     */
    record Person(UUID account, UUID session, boolean fresh) implements Caller {
        @Override
        public String actor() {
            return "user:" + account;
        }

        @Override
        public boolean may(UUID workspace, Permission permission) {
            return true;
        }
    }

    /** A program with a token for one workspace. */
    record Program(UUID account, UUID token, UUID workspace, Set<Permission> scopes) implements Caller {
        public Program {
            scopes = Set.copyOf(scopes);
        }

        @Override
        public String actor() {
            return "api_key:" + token;
        }

        @Override
        public boolean may(UUID where, Permission permission) {
            return workspace.equals(where) && scopes.contains(permission);
        }
    }
}
