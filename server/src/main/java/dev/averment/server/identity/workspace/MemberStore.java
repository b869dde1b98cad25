package dev.averment.server.identity.workspace;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code tenancy.member}, in the context of their workspace. */
final class MemberStore {
    /** Of one workspace. */
    static final int MOST = 1_000;

    Optional<MemberRole> role(JdbcClient jdbc, UUID workspace, UUID account) {
        return jdbc.sql("select role from tenancy.member where workspace_id = ? and account_id = ?")
                .params(workspace, account)
                .query(String.class)
                .optional()
                .flatMap(MemberRole::parse);
    }

    int count(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("select count(*) from tenancy.member where workspace_id = ?")
                .param(workspace)
                .query(Integer.class)
                .single();
    }

    /**
     * For {@code averment_auth}, the only role that sees memberships of all workspaces. Nobody is let into so many that one
     * could be missing.
     */
    List<UUID> workspacesOf(JdbcClient jdbc, UUID account) {
        return jdbc.sql("select workspace_id from tenancy.member where account_id = ? order by since limit 1000")
                .param(account)
                .query((r, _) -> r.getObject(1, UUID.class))
                .list();
    }

    List<Member> all(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("""
                select account_id, role, since from tenancy.member
                 where workspace_id = ? order by since, account_id limit 1000""")
                .param(workspace)
                .query((r, _) -> new Member(
                        r.getObject(1, UUID.class),
                        MemberRole.parse(r.getString(2)).orElseThrow(),
                        r.getObject(3, OffsetDateTime.class).toInstant()))
                .list();
    }

    Optional<UUID> firstOwner(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("""
                select account_id from tenancy.member
                 where workspace_id = ? and role = 'owner' order by since, account_id limit 1""")
                .param(workspace)
                .query((r, _) -> r.getObject(1, UUID.class))
                .optional();
    }

    void insert(JdbcClient jdbc, UUID workspace, UUID account, MemberRole role) {
        jdbc.sql("""
                insert into tenancy.member (workspace_id, account_id, role) values (?, ?, ?)
                on conflict (workspace_id, account_id) do nothing""").params(workspace, account, role.word()).update();
    }

    void change(JdbcClient jdbc, UUID workspace, UUID account, MemberRole role) {
        jdbc.sql("update tenancy.member set role = ? where workspace_id = ? and account_id = ?")
                .params(role.word(), workspace, account)
                .update();
    }

    void remove(JdbcClient jdbc, UUID workspace, UUID account) {
        jdbc.sql("delete from tenancy.member where workspace_id = ? and account_id = ?")
                .params(workspace, account)
                .update();
    }

    /** Takes everybody out; whose they were. */
    List<UUID> removeAll(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("delete from tenancy.member where workspace_id = ? returning account_id")
                .param(workspace)
                .query((r, _) -> r.getObject(1, UUID.class))
                .list();
    }

    /** Owners other than {@code account}; two owners who leave at the same moment wait for each other here. */
    int otherOwners(JdbcClient jdbc, UUID workspace, UUID account) {
        return (int) jdbc
                .sql("select account_id from tenancy.member where workspace_id = ? and role = 'owner' for update")
                .param(workspace)
                .query((r, _) -> r.getObject(1, UUID.class))
                .list()
                .stream()
                .filter(owner -> !owner.equals(account))
                .count();
    }
}
