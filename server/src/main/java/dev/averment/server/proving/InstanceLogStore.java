package dev.averment.server.proving;

import dev.averment.checks.CollectException;
import dev.averment.checks.target.Database;
import dev.averment.checks.target.LogStore;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.server.database.DatabaseAccess;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.BacklogStore;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.evidence.LogKey;
import dev.averment.server.evidence.Publication;
import dev.averment.server.tenancy.Seal;
import dev.averment.server.tenancy.WellKnown;
import dev.averment.server.tenancy.WorkspaceContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What lies behind this server's logs: read as {@code averment_log}, which sees all of them, and as the runtime role. */
final class InstanceLogStore implements LogStore {
    private static final WorkspaceContext PROBED = new WorkspaceContext(WellKnown.CANARY_A, "service:check");
    private static final Duration POLL = Duration.ofMillis(50);

    /** What the integrator needs: it takes leaves off the queue, and moves the edge of the trees. */
    private static final Set<String> NEEDED = Set.of(
            "averment_log DELETE evidence.pending",
            "averment_log UPDATE evidence.tile",
            "averment_log UPDATE evidence.tree");

    private final DatabaseAccess access;
    private final Database database;
    private final Seal seal;
    private final LogKey key;
    private final Publication publication;

    InstanceLogStore(DatabaseAccess access, Database database, Seal seal, LogKey key, Publication publication) {
        this.access = access;
        this.database = database;
        this.seal = seal;
        this.key = key;
        this.publication = publication;
    }

    private record Opened(UUID workspace, String origin) {}

    @Override
    public Choice logs(int most) throws CollectException {
        try (Connection c = access.connect(Role.LOG.roleName())) {
            long total;
            var chosen = new ArrayList<Opened>();
            try (PreparedStatement s = c.prepareStatement("""
                    select l.workspace_id, l.origin, count(*) over ()
                      from evidence.log l join evidence.tree t on t.workspace_id = l.workspace_id
                     where t.size > 0
                     order by l.workspace_id = ? or l.origin like '%/system/%' or l.origin like '%/anchor/%' desc, random()
                     limit ?""")) {
                s.setObject(1, WellKnown.OPERATOR);
                s.setInt(2, most);
                total = 0;
                try (ResultSet r = s.executeQuery()) {
                    while (r.next()) {
                        chosen.add(new Opened(r.getObject(1, UUID.class), r.getString(2)));
                        total = r.getLong(3);
                    }
                }
            }
            var logs = new ArrayList<Log>();
            for (Opened log : chosen) {
                logs.add(log(log));
            }
            return new Choice(logs, total);
        } catch (SQLException | IOException e) {
            throw new CollectException("The logs can't be read: " + e.getMessage(), e);
        }
    }

    private Log log(Opened log) throws IOException {
        var tiles = new HashMap<String, byte[]>();
        return new Log(
                log.origin(),
                key.vkey(log.origin()),
                publication.published(log.workspace()),
                tile -> {
                    byte[] known = tiles.get(tile.path());
                    if (known == null) {
                        known = one("""
                                select data from evidence.tile where workspace_id = ? and level = ? and n = ?""", log.workspace(), tile.level(), tile.index())
                                .filter(data -> data.length >= tile.width() * 32)
                                .orElseThrow(() -> new FileNotFoundException(tile.path() + " is missing"));
                        tiles.put(tile.path(), known);
                    }
                    return known;
                },
                seq -> {
                    try {
                        return one("""
                                select l.bytes from evidence.leaf_index i
                                  join evidence.leaf l on l.workspace_id = i.workspace_id and l.leaf_id = i.leaf_id
                                 where i.workspace_id = ? and i.seq = ?""", log.workspace(), seq);
                    } catch (IOException e) {
                        throw new CollectException("The log's entries can't be read: " + e.getMessage(), e);
                    }
                });
    }

    private Optional<byte[]> one(String query, Object... parameters) throws IOException {
        try (Connection c = access.connect(Role.LOG.roleName());
                PreparedStatement s = c.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                s.setObject(i + 1, parameters[i]);
            }
            try (ResultSet r = s.executeQuery()) {
                return r.next() ? Optional.of(r.getBytes(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public Intake intake(Duration most) throws CollectException, InterruptedException {
        // Nothing tells another process that a leaf got its place: it looks again and again.
        CountDownLatch never = new CountDownLatch(1);
        try (Connection c = access.connect(Role.LOG.roleName())) {
            UUID leaf = write();
            Instant written = now(c);
            boolean placed = BacklogStore.placed(c, PROBED.workspace(), leaf);
            while (!placed
                    && now(c).isBefore(written.plus(most))
                    && !never.await(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                placed = BacklogStore.placed(c, PROBED.workspace(), leaf);
            }
            Instant now = now(c);
            Duration oldest = BacklogStore.oldest(c, now)
                    .map(since -> Duration.between(since, now))
                    .filter(Duration::isPositive)
                    .orElse(Duration.ZERO);
            return new Intake(placed, Duration.between(written, now), oldest, disabled());
        } catch (SQLException e) {
            throw new CollectException("No leaf could be written for this look: " + e.getMessage(), e);
        }
    }

    /** By the database's clock, against which leaves are held. */
    private static Instant now(Connection c) throws SQLException {
        try (PreparedStatement s = c.prepareStatement("select clock_timestamp()");
                ResultSet r = s.executeQuery()) {
            r.next();
            return r.getTimestamp(1).toInstant();
        }
    }

    /** A leaf in the log of a workspace that exists for probing. */
    private UUID write() throws SQLException {
        try (Connection c = database.connect(Database.Role.RUNTIME)) {
            c.setAutoCommit(false);
            seal.enter(c, PROBED);
            String origin;
            try (PreparedStatement s = c.prepareStatement("select origin from evidence.log where workspace_id = ?")) {
                s.setObject(1, PROBED.workspace());
                try (ResultSet r = s.executeQuery()) {
                    if (!r.next()) {
                        throw new SQLException("the probing workspace has no log", "02000");
                    }
                    origin = r.getString(1);
                }
            }
            Instant now = now(c);
            Leaf leaf = Leaf.of(origin, "log.probed")
                    .id(LeafIds.next(InstantSource.fixed(now)))
                    .time(now, now)
                    .category(Leaf.Category.OBSERVATION)
                    .crud(Leaf.Crud.CREATE)
                    .actor(Leaf.ActorType.SERVICE, "check")
                    .build();
            try (PreparedStatement s = c.prepareStatement(
                    "insert into evidence.leaf (workspace_id, leaf_id, action, bytes) values (?, ?, ?, ?)")) {
                s.setObject(1, PROBED.workspace());
                s.setObject(2, leaf.id());
                s.setString(3, leaf.action());
                s.setBytes(4, leaf.bytes());
                s.executeUpdate();
            }
            c.commit();
            return leaf.id();
        }
    }

    /** Triggers on the log's own table: the one that queues leaves, under its one condition, and no other. */
    private List<String> disabled() throws SQLException {
        List<String> others = queueing();
        if (!others.isEmpty()) {
            return others;
        }
        try (Connection c = database.connect(Database.Role.PROBE);
                PreparedStatement s = c.prepareStatement("""
                        select case when t.tgname <> 'queue_leaves' then 'the trigger ' || t.tgname || ' on evidence.leaf is none of the server''s'
                                    else 'the trigger queue_leaves on evidence.leaf has another condition' end
                          from pg_catalog.pg_trigger t
                          join pg_catalog.pg_class c on c.oid = t.tgrelid
                         where c.relnamespace = (select oid from pg_catalog.pg_namespace where nspname = 'evidence')
                           and c.relname = 'leaf' and t.tgfoid >= 16384
                           and (t.tgname <> 'queue_leaves'
                                or position(' WHEN ((CURRENT_USER <> ''averment_seal''::name)) EXECUTE FUNCTION evidence.queue_leaves()'
                                                       in pg_catalog.pg_get_triggerdef(t.oid)) = 0)""");
                ResultSet r = s.executeQuery()) {
            return r.next() ? List.of(r.getString(1)) : List.of();
        }
    }

    private List<String> queueing() throws SQLException {
        try (Connection c = database.connect(Database.Role.PROBE);
                PreparedStatement s = c.prepareStatement("""
                        select case t.tgenabled when 'A' then '' when 'D' then 'the trigger queue_leaves on evidence.leaf is disabled'
                                    when 'O' then 'the trigger queue_leaves on evidence.leaf is skipped in replica mode'
                                    else 'the trigger queue_leaves on evidence.leaf fires in replica mode only' end
                          from pg_catalog.pg_trigger t
                          join pg_catalog.pg_class c on c.oid = t.tgrelid
                         where c.relnamespace = (select oid from pg_catalog.pg_namespace where nspname = 'evidence')
                           and c.relname = 'leaf' and t.tgname = 'queue_leaves'""");
                ResultSet r = s.executeQuery()) {
            if (!r.next()) {
                return List.of("the trigger queue_leaves on evidence.leaf is not there");
            }
            return r.getString(1).isEmpty() ? List.of() : List.of(r.getString(1));
        }
    }

    @Override
    public List<Restated> observations() throws CollectException {
        return RestatedRows.observations(database);
    }

    @Override
    public List<String> rowsLost() throws CollectException {
        var differing = new ArrayList<>(RestatedRows.lost(database));
        differing.addAll(RecordedRows.differing(database));
        return differing;
    }

    @Override
    public Set<String> roles() {
        return Role.connecting().stream()
                .filter(role -> role != Role.OWNER)
                .map(Role::roleName)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> needed() {
        return NEEDED;
    }

    /** Row values under the names of entries. */
    static Map<String, String> row(ResultSet r) throws SQLException {
        return Map.of(
                "observation", r.getString("observation_id"),
                "page", r.getString("page_id"),
                "revision", r.getString("revision"),
                "claim", r.getString("claim_id"),
                "check", r.getString("check_id"),
                "verdict", r.getString("verdict"),
                "reason", r.getString("reason"),
                "time",
                        r.getObject("observed_at", java.time.OffsetDateTime.class)
                                .toInstant()
                                .toString(),
                "recorded_at",
                        r.getObject("received_at", java.time.OffsetDateTime.class)
                                .toInstant()
                                .toString());
    }
}
