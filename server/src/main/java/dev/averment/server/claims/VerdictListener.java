package dev.averment.server.claims;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Hears of every change of a claim's verdict. */
@FunctionalInterface
public interface VerdictListener {
    /**
     * Called in the transaction that records the change, in the workspace's context: what it writes is there if the verdict is,
     * and if it throws, neither is.
     */
    void changed(JdbcClient tx, VerdictChange change);
}
