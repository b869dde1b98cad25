package dev.averment.server.evidence;

import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.tenancy.WorkspaceContext;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Adds leaves in the transaction of whatever they are evidence of: both are there afterwards, or neither. */
public final class LeafStore {
    private final AtomicReference<Runnable> afterCommit = new AtomicReference<>(() -> {});

    /** Called after a transaction that added a leaf has committed; the integrator wakes on it. */
    public void onCommit(Runnable signal) {
        afterCommit.set(signal);
    }

    /** The origin of the context's log: first line of its checkpoints, member {@code log} of its leaves. */
    public String origin(JdbcClient transaction, WorkspaceContext context) {
        return transaction
                .sql("select origin from evidence.log where workspace_id = ?")
                .param(context.workspace())
                .query(String.class)
                .single();
    }

    /** Opens the log of a new workspace; the first thing that happens in it. */
    public void open(JdbcClient transaction, WorkspaceContext context, String origin) {
        transaction
                .sql("insert into evidence.log (workspace_id, origin) values (?, ?)")
                .params(context.workspace(), origin)
                .update();
    }

    /** Adds {@code leaf} to the context's log; sequenced when the transaction commits. */
    public Receipt append(JdbcClient transaction, WorkspaceContext context, Leaf leaf) {
        UUID id = leaf.id();
        int written = transaction
                .sql("insert into evidence.leaf (workspace_id, leaf_id, action, bytes) values (?, ?, ?, ?)")
                .params(context.workspace(), id, leaf.action(), leaf.bytes())
                .update();
        if (written != 1) {
            throw new IllegalStateException("The database took a leaf of the evidence log (" + leaf.action()
                    + ") and kept none; look for a trigger or rule on evidence.leaf that nobody reviewed.");
        }
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    afterCommit.get().run();
                }
            });
        }
        return new Receipt(id, leaf.hash(), leaf.log());
    }
}
