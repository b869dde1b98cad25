package dev.averment.server.evidence;

import dev.averment.server.tenancy.WellKnown;
import java.util.UUID;

/**
 * Names of this server's logs. An origin must belong to one log in the world, so it carries the instance's own random
 * part; it is kept in the database and only made here for a new workspace.
 */
public record Origins(String instance) {

    /** Name of the log of {@code workspace}. */
    public String of(UUID workspace) {
        String kind =
                workspace.equals(WellKnown.ANCHOR) ? "anchor" : workspace.equals(WellKnown.SYSTEM) ? "system" : "w";
        return "averment/" + instance + "/" + kind + "/" + workspace;
    }
}
