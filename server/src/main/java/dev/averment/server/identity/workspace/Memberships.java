package dev.averment.server.identity.workspace;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is in a workspace, for rooms that hold people to something; in the workspace's own context. */
public final class Memberships {
    private final MemberStore members = new MemberStore();

    public Optional<MemberRole> role(JdbcClient jdbc, UUID workspace, UUID account) {
        return members.role(jdbc, workspace, account);
    }

    /** The owner who has been there longest; empty for a workspace of nobody's, such as the operator's. */
    public Optional<UUID> firstOwner(JdbcClient jdbc, UUID workspace) {
        return members.firstOwner(jdbc, workspace);
    }
}
