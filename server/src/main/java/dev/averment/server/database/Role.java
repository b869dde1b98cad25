package dev.averment.server.database;

import java.util.Arrays;
import java.util.List;

/** The database's roles. None has BYPASSRLS; none but the owner may define anything. */
public enum Role {
    /** Migrates at boot; never in a pool. */
    OWNER("averment_owner", true),
    /** Owns the key of the sealed context, the function that enters it, and the triggers that record; nobody can be it. */
    SEAL("averment_seal", false),
    /** The application: rows of one workspace at a time. */
    APP("averment_app", true),
    /** Identity, before a workspace is known. */
    AUTH("averment_auth", true),
    /** Takes due work across workspaces; the queue tables only. */
    WORKER("averment_worker", true),
    /** Integrates the evidence log: reads leaves, writes index, tiles and checkpoints. */
    LOG("averment_log", true),
    /** Calls the ingest function and nothing else. */
    INGEST("averment_ingest", true),
    /** Reads the catalog. */
    PROBE("averment_probe", true);

    private final String roleName;
    private final boolean login;

    Role(String roleName, boolean login) {
        this.roleName = roleName;
        this.login = login;
    }

    public String roleName() {
        return roleName;
    }

    public boolean login() {
        return login;
    }

    /** Roles that connect. */
    public static List<Role> connecting() {
        return Arrays.stream(values()).filter(Role::login).toList();
    }
}
