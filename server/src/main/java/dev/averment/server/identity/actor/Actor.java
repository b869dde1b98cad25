package dev.averment.server.identity.actor;

import java.util.UUID;

/** On whose behalf one service calls another: a person, in a session, in a workspace. */
public record Actor(UUID workspace, UUID account, UUID session) {}
