package dev.averment.server.registers;

import dev.averment.checks.target.Registers.Entry;
import dev.averment.evidence.json.JsonException;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Entries of a workspace's registers, by page. */
public final class RegisterStore {
    private final Workspaces workspaces;

    public RegisterStore(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    /** Every entry of one register, by id. */
    public List<Entry> entries(WorkspaceContext context, String page, String register) {
        return workspaces.reading(context, jdbc -> read(jdbc, context.workspace(), page, register));
    }

    /**
     * The same in a transaction that has entered the workspace already, whoever opened it.
     *
     * @throws DataAccessException when the entries can't be read, or hold what is no entry
     */
    public static List<Entry> read(JdbcClient jdbc, UUID workspace, String page, String register) {
        return jdbc.sql("""
                        select entry_id, title, owner, dated, expires, status, details from registers.entry
                         where workspace_id = ? and page_id = ? and register = ? order by entry_id limit 1000""")
                .params(workspace, page, register)
                .query((r, _) -> new Entry(
                        r.getString(1),
                        r.getString(2),
                        r.getString(3),
                        r.getObject(4, LocalDate.class),
                        r.getObject(5, LocalDate.class),
                        r.getString(6),
                        details(r.getString(7))))
                .list();
    }

    /** Puts entries in that are not there yet; what people changed since stays as they left it. */
    public int seed(WorkspaceContext context, String page, Map<String, List<Entry>> registers) {
        return workspaces.in(context, jdbc -> {
            int added = 0;
            for (var register : registers.entrySet()) {
                for (Entry entry : register.getValue()) {
                    added += insert(jdbc, context, page, register.getKey(), entry);
                }
            }
            return added;
        });
    }

    /** Gives an entry that was looked at again its new dates. */
    public void redate(
            WorkspaceContext context, String page, String register, String id, LocalDate dated, LocalDate expires) {
        workspaces.in(
                context,
                jdbc -> jdbc.sql("""
                        update registers.entry set dated = ?, expires = ?
                         where workspace_id = ? and page_id = ? and register = ? and entry_id = ?""")
                        .params(dated, expires, context.workspace(), page, register, id)
                        .update());
    }

    private static int insert(JdbcClient jdbc, WorkspaceContext context, String page, String register, Entry entry) {
        return jdbc.sql("""
                        insert into registers.entry
                            (workspace_id, page_id, register, entry_id, title, owner, dated, expires, status, details)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .param(context.workspace())
                .param(page)
                .param(register)
                .param(entry.id())
                .param(entry.title())
                .param(entry.owner())
                .param(entry.dated())
                .param(entry.expires())
                .param(entry.status())
                .param(EntryDetails.toJson(entry.details()))
                .update();
    }

    private static Map<String, String> details(String json) {
        try {
            return EntryDetails.parse(json);
        } catch (JsonException e) {
            throw new DataRetrievalFailureException("registers.entry.details holds no JSON object", e);
        }
    }
}
