package dev.averment.sabotage.faults;

import dev.averment.claims.Verdict;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.edge.EdgeRule;
import java.util.List;

/** Faults of the edge, which the harness switches on and off by rules. */
final class Edge {
    private Edge() {}

    static Sabotage fault(String id, String breaks, EdgeRule... rules) {
        return new Sabotage.Live(id, breaks, Verdict.FAILING, instance -> {
            instance.edge(List.of(rules));
            return () -> instance.edge(List.of());
        });
    }
}
