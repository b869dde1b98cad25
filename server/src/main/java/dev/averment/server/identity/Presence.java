package dev.averment.server.identity;

import dev.averment.server.identity.session.Sessions;
import dev.averment.server.identity.token.ApiTokens;
import dev.averment.server.identity.workspace.Caller;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.WorkspaceAccess;

/**
 * Whether somebody who was let into a workspace a while ago would be let in now: for what lasts longer than a request. Being
 * asked about is no use of a session or token, so nothing stays alive by it.
 */
public final class Presence {
    private final IdentityTransactions transactions;
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final WorkspaceAccess access;

    public Presence(IdentityTransactions transactions, Sessions sessions, ApiTokens tokens, WorkspaceAccess access) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.tokens = tokens;
        this.access = access;
    }

    /** True while the session or token lives, and the caller has what the entrance needs in the workspace. */
    public boolean still(Entrance entrance) {
        boolean alive = transactions.in(jdbc -> switch (entrance.caller()) {
            case Caller.Person person -> sessions.alive(jdbc, person.session()).isPresent();
            case Caller.Program program -> tokens.alive(jdbc, program.token());
        });
        return alive && access.in(entrance, _ -> Outcome.done(true)) instanceof Outcome.Done<Boolean>;
    }
}
