package dev.averment.server.identity;

import dev.averment.server.identity.workspace.Caller;

/** What has to happen in workspaces when an account goes: they are in other hands of the database than accounts are. */
@FunctionalInterface
public interface Farewell {
    /** Leaves every workspace; a refusal keeps the account. */
    Outcome<Boolean> leave(Caller.Person going);

    /** Leaves what the person came into in the meantime; the account is gone by now. */
    default void sweep(Caller.Person gone) {}
}
