package dev.averment.server.clocks;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hears of clocks that were missed. */
@FunctionalInterface
public interface ClockListener {
    /** Called once a clock, in the transaction in which it is marked as missed, in the workspace's context. */
    void missed(JdbcClient tx, UUID workspace, Clock clock);
}
