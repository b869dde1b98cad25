package dev.averment.server.identity.workspace;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What somebody is in a workspace. */
public enum MemberRole {
    /** May do everything; a workspace always has one. */
    OWNER(EnumSet.allOf(Permission.class)),
    /** May do everything but make or unmake owners, and end the workspace. */
    ADMIN(EnumSet.complementOf(EnumSet.of(Permission.WORKSPACE_DELETE))),
    MEMBER(EnumSet.of(
            Permission.WORKSPACE_READ,
            Permission.MEMBERS_READ,
            Permission.EVIDENCE_READ,
            Permission.EVENTS_READ,
            Permission.MONITORS_READ,
            Permission.MONITORS_CHANGE,
            Permission.INCIDENTS_READ,
            Permission.INCIDENTS_CHANGE,
            Permission.TOKENS_CHANGE)),
    VIEWER(EnumSet.of(
            Permission.WORKSPACE_READ,
            Permission.MEMBERS_READ,
            Permission.EVENTS_READ,
            Permission.MONITORS_READ,
            Permission.INCIDENTS_READ)),
    /** Reads the evidence and nothing else. */
    AUDITOR(EnumSet.of(Permission.EVIDENCE_READ));

    private final Set<Permission> permissions;

    MemberRole(EnumSet<Permission> permissions) {
        this.permissions = permissions;
    }

    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    /** Whether somebody of this role may give, take or change {@code role}. */
    public boolean governs(MemberRole role) {
        return this == OWNER || (this == ADMIN && role != OWNER);
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<MemberRole> parse(String word) {
        return Arrays.stream(values()).filter(r -> r.word().equals(word)).findFirst();
    }
}
