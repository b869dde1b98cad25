package dev.averment.server.identity.workspace;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Rows of {@code tenancy.invitation}, in the context of their workspace. */
final class InvitationStore {
    /** Open ones of one workspace. */
    static final int MOST = 1_000;

    void insert(JdbcClient jdbc, UUID workspace, Invitation invitation, byte[] codeHash, UUID by) {
        jdbc.sql("""
                insert into tenancy.invitation
                       (workspace_id, invitation_id, email, role, code_hash, invited_by, made_at, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        workspace,
                        invitation.id(),
                        invitation.email(),
                        invitation.role().word(),
                        codeHash,
                        by,
                        invitation.made().atOffset(ZoneOffset.UTC),
                        invitation.expires().atOffset(ZoneOffset.UTC))
                .update();
    }

    List<Invitation> open(JdbcClient jdbc, UUID workspace, Instant now) {
        return jdbc.sql("""
                select invitation_id, email, role, made_at, expires_at from tenancy.invitation
                 where workspace_id = ? and expires_at > ? order by made_at limit 1000""")
                .params(workspace, now.atOffset(ZoneOffset.UTC))
                .query((r, _) -> new Invitation(
                        r.getObject(1, UUID.class),
                        r.getString(2),
                        MemberRole.parse(r.getString(3)).orElseThrow(),
                        r.getObject(4, OffsetDateTime.class).toInstant(),
                        r.getObject(5, OffsetDateTime.class).toInstant()))
                .list();
    }

    Optional<Invitation> find(JdbcClient jdbc, UUID workspace, UUID invitation, Instant now) {
        return open(jdbc, workspace, now).stream()
                .filter(i -> i.id().equals(invitation))
                .findFirst();
    }

    /** The role that an invitation is for, if it was mailed to {@code email}; to be asked under the workspace's lock. */
    Optional<MemberRole> good(JdbcClient jdbc, UUID workspace, byte[] codeHash, String email, Instant now) {
        return jdbc.sql("""
                select role from tenancy.invitation
                 where workspace_id = ? and code_hash = ? and email = ? and expires_at > ?""")
                .params(workspace, codeHash, email, now.atOffset(ZoneOffset.UTC))
                .query(String.class)
                .optional()
                .flatMap(MemberRole::parse);
    }

    /** Uses an invitation up: the row goes, what happened stands in the log. */
    void use(JdbcClient jdbc, UUID workspace, byte[] codeHash) {
        jdbc.sql("delete from tenancy.invitation where workspace_id = ? and code_hash = ?")
                .params(workspace, codeHash)
                .update();
    }

    int revokeAll(JdbcClient jdbc, UUID workspace) {
        return jdbc.sql("delete from tenancy.invitation where workspace_id = ?")
                .param(workspace)
                .update();
    }

    boolean revoke(JdbcClient jdbc, UUID workspace, UUID invitation) {
        return jdbc.sql("delete from tenancy.invitation where workspace_id = ? and invitation_id = ?")
                        .params(workspace, invitation)
                        .update()
                == 1;
    }
}
