package dev.averment.server.identity.workspace;

import java.time.Instant;
import java.util.UUID;

/** Somebody who was asked into a workspace and has not come yet. */
public record Invitation(UUID id, String email, MemberRole role, Instant made, Instant expires) {}
