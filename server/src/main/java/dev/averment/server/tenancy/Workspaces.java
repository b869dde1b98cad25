package dev.averment.server.tenancy;

import java.sql.Connection;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.JdbcTransactionObjectSupport;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one way to a tenant's rows: a transaction in a sealed workspace context. Without a context no transaction
 * starts, and the database would show no rows either.
 */
public final class Workspaces {
    private static final ScopedValue<WorkspaceContext> CURRENT = ScopedValue.newInstance();

    private final TransactionTemplate readWrite;
    private final TransactionTemplate readOnly;
    private final JdbcClient jdbc;

    public Workspaces(DataSource runtimePool, Seal seal) {
        var manager = new SealingTransactionManager(runtimePool, seal);
        this.readWrite = new TransactionTemplate(manager);
        var definition = new DefaultTransactionDefinition();
        definition.setReadOnly(true);
        this.readOnly = new TransactionTemplate(manager, definition);
        this.jdbc = JdbcClient.create(runtimePool);
    }

    /** Runs {@code work} in one transaction that commits when it returns and rolls back when it throws. */
    public <T> T in(WorkspaceContext context, Function<JdbcClient, T> work) {
        return run(readWrite, context, work);
    }

    /** As {@link #in}, in a transaction that can't write. */
    public <T> T reading(WorkspaceContext context, Function<JdbcClient, T> work) {
        return run(readOnly, context, work);
    }

    private <T> T run(TransactionTemplate template, WorkspaceContext context, Function<JdbcClient, T> work) {
        if (CURRENT.isBound() && !CURRENT.get().equals(context)) {
            // Joining the outer transaction would write one workspace's rows in another's context.
            throw new IllegalStateException("work for one workspace can't start inside a transaction of another");
        }
        return ScopedValue.where(CURRENT, context).call(() -> template.execute(_ -> work.apply(jdbc)));
    }

    /**
     * Enters the context right after BEGIN, in the same round trip, for every transaction of the runtime role, and leaves the
     * session as it was found.
     */
    private static final class SealingTransactionManager extends JdbcTransactionManager {
        private static final long serialVersionUID = 1L;
        private final transient Seal seal;
        private final transient DataSource pool;

        SealingTransactionManager(DataSource pool, Seal seal) {
            super(pool);
            this.pool = pool;
            this.seal = seal;
        }

        @Override
        protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
                throws java.sql.SQLException {
            super.prepareTransactionalConnection(connection, definition);
            if (!CURRENT.isBound()) {
                throw new java.sql.SQLException("no workspace context: use Workspaces.in", "42501");
            }
            seal.enter(connection, CURRENT.get());
        }

        @Override
        protected void doCleanupAfterCompletion(Object transaction) {
            if (transaction instanceof JdbcTransactionObjectSupport held && held.hasConnectionHolder()) {
                SessionState.forget(pool, held.getConnectionHolder().getConnection());
            }
            super.doCleanupAfterCompletion(transaction);
        }
    }
}
