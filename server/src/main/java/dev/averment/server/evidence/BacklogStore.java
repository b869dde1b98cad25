package dev.averment.server.evidence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * How long the oldest leaf has waited for its place in the log: whatever stops the integrator, that age grows. Asked from
 * outside of it, so that one that hangs is seen, too.
 */
public final class BacklogStore {
    /** A leaf has its place within a second, unless something is wrong. */
    public static final Duration LONGEST = Duration.ofSeconds(60);

    /** How far back is looked for leaves that nobody queued; the integrator's own rounds cover all time. */
    private static final Duration WINDOW = Duration.ofHours(1);

    /** Leaves of each log that are looked at for that, newest first. */
    private static final int MOST = 500;

    private static final Duration SHELF_LIFE = Duration.ofSeconds(2);

    private final DataSource pool;
    private final InstantSource clock;
    private Instant asked = Instant.MIN;
    private Optional<Instant> oldest = Optional.empty();

    /** @param pool of {@code averment_log} */
    public BacklogStore(DataSource pool, InstantSource clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** How long the oldest leaf without a place waits; zero when none does. At most two seconds old. */
    public synchronized Duration age() throws SQLException {
        Instant now = clock.instant();
        if (asked.plus(SHELF_LIFE).isBefore(now)) {
            try (Connection connection = pool.getConnection()) {
                oldest = oldest(connection, now);
            }
            asked = now;
        }
        return oldest.map(since -> Duration.between(since, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
    }

    /** When the oldest leaf without a place was recorded, asked on a connection of {@code averment_log}. */
    public static Optional<Instant> oldest(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("""
                select min(recorded_at) from (
                    (select l.recorded_at
                       from evidence.pending p
                       join evidence.leaf l on l.workspace_id = p.workspace_id and l.leaf_id = p.leaf_id
                      where not exists (select from evidence.leaf_index i
                                         where i.workspace_id = p.workspace_id and i.leaf_id = p.leaf_id)
                      order by p.place limit 1)
                    union all
                    (select r.recorded_at
                       from evidence.log g
                      cross join lateral (
                            select l.leaf_id, l.recorded_at from evidence.leaf l
                             where l.workspace_id = g.workspace_id and l.leaf_id > ?
                             order by l.leaf_id desc limit ?) r
                      where not exists (select from evidence.leaf_index i
                                         where i.workspace_id = g.workspace_id and i.leaf_id = r.leaf_id))) waiting""")) {
            s.setObject(1, LeafIds.first(now.minus(WINDOW)));
            s.setInt(2, MOST);
            try (ResultSet r = s.executeQuery()) {
                Timestamp since = r.next() ? r.getTimestamp(1) : null;
                return since == null ? Optional.empty() : Optional.of(since.toInstant());
            }
        }
    }

    /** Whether a leaf has its place, asked on a connection of {@code averment_log}. */
    public static boolean placed(Connection connection, UUID workspace, UUID leaf) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement(
                "select 1 from evidence.leaf_index where workspace_id = ? and leaf_id = ?")) {
            s.setObject(1, workspace);
            s.setObject(2, leaf);
            try (ResultSet r = s.executeQuery()) {
                return r.next();
            }
        }
    }
}
