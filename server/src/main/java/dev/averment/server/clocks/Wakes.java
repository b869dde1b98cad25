package dev.averment.server.clocks;

import java.time.Instant;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Has {@link Clocks#due} called when a clock is due, on whatever server, and after a crash too. */
@FunctionalInterface
public interface Wakes {
    /** In the transaction that starts the clock. */
    void at(JdbcClient tx, UUID workspace, UUID clock, Instant due);
}
