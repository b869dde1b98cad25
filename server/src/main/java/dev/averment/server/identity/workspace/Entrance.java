package dev.averment.server.identity.workspace;

import java.util.UUID;

/**
 * Somebody at the door of a workspace, wanting something. Made from a request's path and the route's {@link Needs}; whether
 * the door opens is decided by {@link WorkspaceAccess}, in the transaction that then does the work.
 */
public record Entrance(Caller caller, UUID workspace, Permission permission) {}
