package dev.averment.server.boot;

import dev.averment.server.evidence.LeafStore;
import dev.averment.server.evidence.Origins;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.WorkspaceStore;
import dev.averment.server.tenancy.Workspaces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What must be there before the first request: the workspaces that every server has, and the canaries' rows. */
final class FirstRows {
    private static final String ACTOR = "system:setup";

    private final Workspaces workspaces;
    private final WorkspaceStore store = new WorkspaceStore();
    private final LeafStore leaves;
    private final Origins origins;

    FirstRows(Workspaces workspaces, LeafStore leaves, Origins origins) {
        this.workspaces = workspaces;
        this.leaves = leaves;
        this.origins = origins;
    }

    /** Adds what is missing; a second run changes nothing. */
    void ensure() throws IOException {
        var wanted = new LinkedHashMap<UUID, String[]>();
        wanted.put(WellKnown.SYSTEM, new String[] {"System", "system"});
        wanted.put(WellKnown.ANCHOR, new String[] {"Anchor", "anchor"});
        wanted.put(WellKnown.OPERATOR, new String[] {"Operator", "operator"});
        wanted.put(WellKnown.CANARY_A, new String[] {"Canary A", "canary"});
        wanted.put(WellKnown.CANARY_B, new String[] {"Canary B", "canary"});
        wanted.put(WellKnown.DEMO, new String[] {"Demo", "customer"});
        for (Map.Entry<UUID, String[]> entry : wanted.entrySet()) {
            create(entry.getKey(), entry.getValue()[0], entry.getValue()[1]);
        }
        String rows = canaryRows();
        for (UUID canary : new UUID[] {WellKnown.CANARY_A, WellKnown.CANARY_B}) {
            workspaces.in(new WorkspaceContext(canary, ACTOR), jdbc -> {
                for (String statement : rows.split(";\\s*\\n")) {
                    if (!statement.isBlank()) {
                        jdbc.sql(statement).update();
                    }
                }
                return true;
            });
        }
    }

    private void create(UUID id, String name, String kind) {
        var context = new WorkspaceContext(id, ACTOR);
        workspaces.in(context, jdbc -> {
            if (!store.exists(jdbc, id)) {
                leaves.open(jdbc, context, origins.of(id));
                store.insert(jdbc, id, name, kind);
            }
            return true;
        });
    }

    private static String canaryRows() throws IOException {
        try (var in = FirstRows.class.getResourceAsStream("/db/canary-rows.sql")) {
            if (in == null) {
                throw new IOException("db/canary-rows.sql is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(java.util.stream.Collectors.joining("\n", "", "\n"));
        }
    }
}
