package dev.averment.server.incidents;

import dev.averment.server.delivery.Announcement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way out to people: what delivers alerts. */
@FunctionalInterface
public interface Alerts {
    /**
     * Has an alert delivered, in the transaction of what it tells of.
     *
     * @param channels which; empty for all that the workspace has switched on
     * @return how many deliveries that makes; none means that nobody hears of it
     */
    int announce(JdbcClient tx, UUID workspace, Announcement alert, Optional<List<UUID>> channels);
}
