package dev.averment.server.tenancy;

import java.util.UUID;

/** Workspaces that every server has. Their ids are no secret and the same everywhere; their origins are not. */
public final class WellKnown {
    /** The operator's own: its page is the one whose policy is in force. */
    public static final UUID OPERATOR = UUID.fromString("a4e00000-0000-8000-8000-000000000001");

    /** What happens before or outside any workspace. */
    public static final UUID SYSTEM = UUID.fromString("a4e00000-0000-8000-8000-000000000002");

    /** Checkpoints of all other logs. */
    public static final UUID ANCHOR = UUID.fromString("a4e00000-0000-8000-8000-000000000003");

    /** A pair of workspaces that checks play against each other; there is a row of each in every tenant table. */
    public static final UUID CANARY_A = UUID.fromString("a4e00000-0000-8000-8000-00000000000a");

    public static final UUID CANARY_B = UUID.fromString("a4e00000-0000-8000-8000-00000000000b");

    /** Something to try things in, without a customer's data. */
    public static final UUID DEMO = UUID.fromString("a4e00000-0000-8000-8000-0000000000de");

    private WellKnown() {}
}
