package dev.averment.server.identity.workspace;

import java.time.Instant;
import java.util.UUID;

/** Somebody in a workspace. */
public record Member(UUID account, MemberRole role, Instant since) {}
