package dev.averment.server.tenancy;

import java.util.UUID;

/**
 * Whose rows, and who acts.
 *
 * @param actor {@code type:id}, such as {@code user:0190…}, {@code service:prover}; it is what the modification log says
 */
public record WorkspaceContext(UUID workspace, String actor) {
    public WorkspaceContext {
        if (!actor.matches("(user|service|api_key|system|anonymous):[A-Za-z0-9._-]{1,100}")) {
            throw new IllegalArgumentException("an actor is type:id, not " + actor);
        }
    }
}
