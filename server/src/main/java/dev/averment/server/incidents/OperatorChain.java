package dev.averment.server.incidents;

import dev.averment.claims.Page;
import dev.averment.server.clocks.Term;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.util.ArrayList;
import java.util.List;

/**
 * The chain of the operator's own workspace, as {@code policy.incidents.chain} of the page has it: a name and a time since an
 * incident was opened for each step. It is written where the workspace has none; one that somebody has set stays.
 */
public final class OperatorChain {
    private final ChainStore chain = new ChainStore();
    private final Workspaces workspaces;

    OperatorChain(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    /**
     * Writes it into the workspace of {@code operator}.
     *
     * @throws IllegalArgumentException when the page's chain is none
     */
    public void seed(WorkspaceContext operator, Page page) {
        List<Term> terms = IncidentPolicy.chain(page);
        if (terms.isEmpty()) {
            return;
        }
        workspaces.in(operator, tx -> {
            if (!chain.steps(tx, operator.workspace()).isEmpty()) {
                return false;
            }
            var steps = new ArrayList<ChainStep>();
            for (Term after : terms) {
                steps.add(new ChainStep(steps.size() + 1, after, List.of(), List.of()));
            }
            chain.replace(tx, operator.workspace(), steps);
            return true;
        });
    }
}
