package dev.averment.server.tenancy;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Workspaces themselves. A new one is made in its own context, after its log: the first entry of the log is its birth. */
public final class WorkspaceStore {

    /** True when the workspace is there; in another's context it never is. */
    public boolean exists(JdbcClient transaction, UUID workspace) {
        return transaction
                .sql("select 1 from tenancy.workspace where workspace_id = ?")
                .param(workspace)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** @param kind customer, operator, system, anchor or canary */
    public void insert(JdbcClient transaction, UUID workspace, String name, String kind) {
        transaction
                .sql("insert into tenancy.workspace (workspace_id, name, kind) values (?, ?, ?)")
                .params(workspace, name, kind)
                .update();
    }

    /** The workspace's name, in its own context. */
    public String name(JdbcClient transaction, UUID workspace) {
        return transaction
                .sql("select name from tenancy.workspace where workspace_id = ?")
                .param(workspace)
                .query(String.class)
                .single();
    }

    /** Keeps everybody else from changing who is in the workspace, or ending it, until the transaction ends. */
    public void lock(JdbcClient transaction, UUID workspace) {
        transaction
                .sql("select 1 from tenancy.workspace where workspace_id = ? for update")
                .param(workspace)
                .query(Integer.class)
                .list();
    }

    public void rename(JdbcClient transaction, UUID workspace, String name) {
        transaction
                .sql("update tenancy.workspace set name = ? where workspace_id = ?")
                .params(name, workspace)
                .update();
    }
}
