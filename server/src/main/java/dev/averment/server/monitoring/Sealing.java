package dev.averment.server.monitoring;

import dev.averment.evidence.json.JsonObject;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.merkle.Frontier;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.evidence.LeafStore;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Puts pings under the evidence log: one entry a workspace and second, with the Merkle root over the hashes of all pings that
 * came since the one before, in order of monitor and number. Each hash is made again from the row; a row that does not have
 * the hash it was recorded with is named in the entry.
 */
final class Sealing {
    /** Pings under one entry. */
    static final int MOST = 20_000;

    private static final Logger log = LoggerFactory.getLogger(Sealing.class);

    private final Workspaces workspaces;
    private final LeafStore leaves;
    private final InstantSource clock;
    private final PingStore pings = new PingStore();

    Sealing(Workspaces workspaces, LeafStore leaves, InstantSource clock) {
        this.workspaces = workspaces;
        this.leaves = leaves;
        this.clock = clock;
    }

    /** @return how many pings were put under an entry */
    int seal(UUID workspace) {
        var context = new WorkspaceContext(workspace, "service:monitor");
        Integer sealed = workspaces.in(context, jdbc -> seal(jdbc, context));
        return sealed == null ? 0 : sealed;
    }

    private int seal(JdbcClient jdbc, WorkspaceContext context) {
        List<Ping> all = pings.unsealed(jdbc, context.workspace(), MOST);
        if (all.isEmpty()) {
            return 0;
        }
        var tree = new Frontier();
        List<PingStore.Sealed> ranges = new ArrayList<>();
        long altered = 0;
        Instant first = all.getFirst().at();
        Instant last = first;
        for (Ping ping : all) {
            tree.append(ping.hash());
            if (!ping.hash().equals(ping.computed())) {
                altered++;
                log.error("ping {} of monitor {} is not what was recorded", ping.n(), ping.monitor());
            }
            first = ping.at().isBefore(first) ? ping.at() : first;
            last = ping.at().isAfter(last) ? ping.at() : last;
            PingStore.Sealed range = ranges.isEmpty() ? null : ranges.getLast();
            if (range != null && range.monitor().equals(ping.monitor())) {
                ranges.set(ranges.size() - 1, new PingStore.Sealed(ping.monitor(), range.first(), ping.n()));
            } else {
                ranges.add(new PingStore.Sealed(ping.monitor(), ping.n(), ping.n()));
            }
        }
        UUID id = LeafIds.next(clock);
        leaves.append(
                jdbc,
                context,
                Leaf.of(leaves.origin(jdbc, context), "pings.sealed")
                        .id(id)
                        .time(last, clock.instant())
                        .category(Leaf.Category.OBSERVATION)
                        .crud(Leaf.Crud.CREATE)
                        .actor(Leaf.ActorType.SERVICE, "monitor")
                        .target("monitoring.ping_seal", id.toString())
                        .detail(JsonObject.of(
                                "pings",
                                (long) all.size(),
                                "monitors",
                                (long) ranges.size(),
                                "root",
                                tree.root().hex(),
                                "first",
                                first.toString(),
                                "last",
                                last.toString(),
                                "altered",
                                altered))
                        .build());
        pings.seal(jdbc, context.workspace(), id, ranges);
        return all.size();
    }
}
