package dev.averment.server.identity.workspace;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hears of members who are none any more. */
@FunctionalInterface
public interface MemberListener {
    /** Called in the transaction in which the member goes, in the workspace's context. */
    void gone(JdbcClient tx, UUID workspace, UUID account);
}
