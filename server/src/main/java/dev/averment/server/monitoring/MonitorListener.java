package dev.averment.server.monitoring;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Hears of every change of a monitor's state. */
public interface MonitorListener {
    /**
     * Called in the transaction of the change, in the workspace's context: what it writes is there if the change is, and if it
     * throws, neither is.
     */
    void changed(JdbcClient tx, MonitorChange change);
}
