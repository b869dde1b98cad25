package dev.averment.server.delivery;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Hears of every try to deliver something that ended. */
@FunctionalInterface
public interface DeliveryListener {
    /** Called in the transaction that writes down how the try ended. */
    void tried(JdbcClient tx, UUID workspace, UUID delivery);
}
