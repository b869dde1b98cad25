package dev.averment.server.identity.workspace;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do in a workspace. Programs' tokens name these as their scopes, as {@code members:read}. */
public enum Permission {
    WORKSPACE_READ,
    WORKSPACE_CHANGE,
    MEMBERS_READ,
    MEMBERS_CHANGE,
    EVIDENCE_READ,
    MONITORS_READ,
    /** To make, change, pause and end monitors, and to see what lets pings in. */
    MONITORS_CHANGE,
    /** To follow what happens while it happens. */
    EVENTS_READ,
    INCIDENTS_READ,
    INCIDENTS_CHANGE,
    /** To make and end tokens of one's own; no token has it, so that none can make another. */
    TOKENS_CHANGE,
    /** To end the workspace for everybody; the owners' alone, and no token's. */
    WORKSPACE_DELETE;

    /** As a token's scope spells it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ':');
    }

    /** Whether a program's token may be given it. */
    public boolean delegable() {
        return this != TOKENS_CHANGE && this != WORKSPACE_DELETE;
    }

    public static Optional<Permission> parse(String word) {
        return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
    }
}
