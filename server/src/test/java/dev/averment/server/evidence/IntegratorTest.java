package dev.averment.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.leaf.EntryBundle;
import dev.averment.evidence.leaf.Leaf;
import dev.averment.evidence.log.LogReport;
import dev.averment.evidence.log.LogVerifier;
import dev.averment.evidence.merkle.Proofs;
import dev.averment.evidence.merkle.Prover;
import dev.averment.evidence.note.Checkpoint;
import dev.averment.server.database.Role;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.tenancy.WorkspaceContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ASVS 16.4.2: leaves get their places, proofs hold, and no history of a log is ever signed twice. */
class IntegratorTest {
    private final TestClock clock = new TestClock(Instant.parse("2026-11-22T12:00:00Z"));
    private TestDatabase database;
    private Publication publication;
    private LogReader reader;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open();
        publication = new Publication(database.data(), database.logKey());
        reader = new LogReader(database.workspaces(), publication);
    }

    @AfterEach
    void close() throws Exception {
        database.close();
    }

    private Integrator integrator() throws IOException {
        return integrator((_, _, _) -> {});
    }

    private Integrator integrator(Integrator.Published published) throws IOException {
        return new Integrator(database.pools().of(Role.LOG), database.logKey(), publication, clock, 5000, published);
    }

    private static void drain(Integrator integrator) throws Exception {
        while (integrator.integrate() > 0) {
            // Until the queue is empty.
        }
    }

    private static String origin(UUID workspace) {
        return "averment/test/w/" + workspace;
    }

    private Leaf leaf(UUID workspace, String id) {
        return Leaf.of(origin(workspace), "test.happened")
                .id(LeafIds.next(clock))
                .time(clock.instant(), clock.instant())
                .category(Leaf.Category.OBSERVATION)
                .crud(Leaf.Crud.READ)
                .actor(Leaf.ActorType.SERVICE, "test")
                .target("test", id)
                .build();
    }

    private List<Receipt> write(UUID workspace, int leaves) {
        var context = new WorkspaceContext(workspace, "service:test");
        return database.workspaces()
                .in(
                        context,
                        jdbc -> IntStream.range(0, leaves)
                                .mapToObj(i -> database.leaves().append(jdbc, context, leaf(workspace, "n" + i)))
                                .toList());
    }

    /** Leaves of little content by the thousand, in one statement. */
    private void flood(UUID workspace, int leaves) {
        var context = new WorkspaceContext(workspace, "service:test");
        database.workspaces()
                .in(context, jdbc -> jdbc.sql("""
                        insert into evidence.leaf (workspace_id, leaf_id, action, bytes)
                        select ?, id, 'test.flood', convert_to(
                                   '{"action":"test.flood","actor":{"id":"test","type":"service"},"id":"' || id || '"}', 'UTF8')
                          from (select gen_random_uuid() as id from generate_series(1, ?)) i""").params(workspace, leaves).update());
    }

    private Checkpoint published(UUID workspace) throws Exception {
        return Checkpoint.open(
                reader.checkpoint(workspace).orElseThrow(), database.logKey().vkey(origin(workspace)));
    }

    /** Replays the whole log with the verifier that everybody else uses. */
    private void holds(UUID workspace) throws Exception {
        Checkpoint checkpoint = published(workspace);
        LogReport report = LogVerifier.verify(
                checkpoint,
                reader.tiles(workspace),
                tile -> EntryBundle.encode(
                        reader.entries(workspace, tile.index() * 256, tile.index() * 256 + tile.width()).stream()
                                .map(LogReader.Entry::bytes)
                                .toList()));
        assertThat(report).isEqualTo(new LogReport.Holds(checkpoint));
    }

    private void gapless(UUID workspace) throws Exception {
        Map<String, Object> places = database.rows(
                        "select count(*) as n, coalesce(min(seq), 0) as first, coalesce(max(seq), -1) as last from evidence.leaf_index where workspace_id = ?",
                        workspace)
                .getFirst();
        assertThat(places.get("first")).isEqualTo(0L);
        assertThat(places.get("last")).isEqualTo((long) places.get("n") - 1);
        assertThat(published(workspace).size()).isEqualTo(places.get("n"));
    }

    private void proves(UUID workspace, Receipt receipt) throws Exception {
        Checkpoint checkpoint = published(workspace);
        LogReader.Entry entry = reader.entry(workspace, receipt.leaf()).orElseThrow();
        var path = new Prover(reader.tiles(workspace), checkpoint.size()).inclusion(entry.seq());
        assertThat(Proofs.inclusion(receipt.leafHash(), entry.seq(), checkpoint.size(), path, checkpoint.root()))
                .isTrue();
        assertThat(receipt.origin()).isEqualTo(checkpoint.origin());
    }

    @Test
    void many_writers_into_several_logs_leave_no_gap_and_every_receipt_is_honoured() throws Exception {
        List<UUID> logs = List.of(
                database.workspace("A", "customer"),
                database.workspace("B", "customer"),
                database.workspace("C", "customer"));
        Map<UUID, List<Receipt>> receipts = new HashMap<>();
        logs.forEach(log -> receipts.put(log, Collections.synchronizedList(new ArrayList<>())));
        var writing = new AtomicBoolean(true);
        Integrator integrator = integrator();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> integrating = threads.submit((Callable<Void>) () -> {
                while (writing.get()) {
                    integrator.integrate();
                }
                return null;
            });
            List<Future<?>> writers = new ArrayList<>();
            for (int w = 0; w < 6; w++) {
                UUID log = logs.get(w % 3);
                int size = w + 1;
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 15; i++) {
                        receipts.get(log).addAll(write(log, size));
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            writing.set(false);
            integrating.get();
        }
        drain(integrator);
        for (UUID log : logs) {
            gapless(log);
            holds(log);
            // Two leaves of each workspace's birth come before what was written.
            assertThat(published(log).size()).isEqualTo(receipts.get(log).size() + 2);
            for (Receipt receipt : receipts.get(log).subList(0, 10)) {
                proves(log, receipt);
            }
            assertThat(receipts.get(log))
                    .allMatch(r -> reader.entry(log, r.leaf()).isPresent());
        }
        assertThat(integrator.refused()).isEmpty();
        assertThat(database.count("select count(*) from evidence.pending")).isZero();
    }

    /** A tile is full at 256: the edges where a width turns over. */
    @ParameterizedTest
    @ValueSource(ints = {255, 256, 257, 511, 513})
    void a_log_of(int size) throws Exception {
        UUID log = database.workspace("A", "customer");
        Integrator integrator = integrator();
        flood(log, size - 2);
        drain(integrator);
        Checkpoint before = published(log);
        assertThat(before.size()).isEqualTo(size);
        holds(log);
        Receipt next = write(log, 1).getFirst();
        drain(integrator);
        holds(log);
        gapless(log);
        proves(log, next);
        Checkpoint after = published(log);
        var consistency = new Prover(reader.tiles(log), after.size()).consistency(before.size());
        assertThat(Proofs.consistency(before.size(), before.root(), after.size(), after.root(), consistency))
                .isTrue();
    }

    /** 65,536 leaves fill a tile of the second level. */
    @Test
    void a_log_that_outgrows_two_levels_of_tiles() throws Exception {
        UUID log = database.workspace("A", "customer");
        flood(log, 65_536);
        Receipt last = write(log, 1).getFirst();
        Integrator integrator = integrator();
        drain(integrator);
        assertThat(published(log).size()).isEqualTo(65_539);
        gapless(log);
        holds(log);
        proves(log, last);
        assertThat(database.count("select count(*) from evidence.tile where level = 2"))
                .isEqualTo(1);
    }

    @Test
    void two_integrators_at_once_never_fork_a_log() throws Exception {
        UUID log = database.workspace("A", "customer");
        Map<Long, String> roots = Collections.synchronizedMap(new HashMap<>());
        var forks = Collections.synchronizedList(new ArrayList<String>());
        Integrator.Published watching = (_, checkpoint, _) -> {
            String before = roots.put(checkpoint.size(), checkpoint.root().hex());
            if (before != null && !before.equals(checkpoint.root().hex())) {
                forks.add(checkpoint.text());
            }
        };
        Integrator first = integrator(watching);
        Integrator second = integrator(watching);
        var writing = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> integrating = new ArrayList<>();
            for (Integrator integrator : List.of(first, second)) {
                integrating.add(threads.submit(() -> {
                    int sum = 0;
                    while (writing.get()) {
                        sum += integrator.integrate();
                    }
                    return sum;
                }));
            }
            for (int i = 0; i < 60; i++) {
                write(log, 1 + i % 5);
            }
            writing.set(false);
            for (Future<Integer> future : integrating) {
                future.get();
            }
        }
        drain(first);
        drain(second);
        assertThat(forks).isEmpty();
        gapless(log);
        holds(log);
        assertThat(first.refused()).isEmpty();
        assertThat(second.refused()).isEmpty();
    }

    @Test
    void a_batch_that_was_committed_and_never_published_is_published_by_the_next_start() throws Exception {
        UUID log = database.workspace("A", "customer");
        drain(integrator());
        byte[] early = reader.checkpoint(log).orElseThrow();
        write(log, 5);
        drain(integrator());
        byte[] late = reader.checkpoint(log).orElseThrow();
        // As a crash right after the commit leaves it.
        Files.write(database.data().path("published", log + ".checkpoint"), early);
        var told = new HashMap<UUID, Long>();
        Integrator restarted = integrator((workspace, checkpoint, _) -> told.put(workspace, checkpoint.size()));
        assertThat(restarted.integrate()).isZero();
        assertThat(reader.checkpoint(log)).hasValue(late);
        assertThat(told).containsEntry(log, 7L);
        assertThat(restarted.refused()).isEmpty();
    }

    @Test
    void an_older_checkpoint_never_replaces_a_newer_one() throws Exception {
        UUID log = database.workspace("A", "customer");
        drain(integrator());
        byte[] early = reader.checkpoint(log).orElseThrow();
        write(log, 1);
        drain(integrator());
        byte[] late = reader.checkpoint(log).orElseThrow();
        publication.publish(log, Checkpoint.peek(early), early);
        assertThat(reader.checkpoint(log)).hasValue(late);
    }

    private void restoreTo(UUID log, long size) throws Exception {
        database.asSuperuser(
                "delete from evidence.leaf where (workspace_id, leaf_id) in (select workspace_id, leaf_id from evidence.leaf_index where workspace_id = '"
                        + log + "' and seq >= " + size + ")",
                "delete from evidence.leaf_index where workspace_id = '" + log + "' and seq >= " + size,
                "delete from evidence.checkpoint where workspace_id = '" + log + "' and size > " + size);
        Checkpoint then = Checkpoint.peek(
                database.rows("select note from evidence.checkpoint where workspace_id = ? and size = ?", log, size)
                        .getFirst()
                        .get("note")
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
        database.asSuperuser(
                "update evidence.tree set size = " + size + ", root = '\\x"
                        + then.root().hex() + "' where workspace_id = '" + log + "'",
                "update evidence.tile set data = substring(data from 1 for " + size * 32 + ") where workspace_id = '"
                        + log + "' and level = 0");
    }

    @Test
    void a_database_set_back_to_an_earlier_state_is_not_signed_again_and_the_other_logs_go_on() throws Exception {
        UUID restored = database.workspace("A", "customer");
        UUID other = database.workspace("B", "customer");
        Integrator running = integrator();
        drain(running);
        write(restored, 4);
        write(other, 4);
        drain(running);
        byte[] sent = reader.checkpoint(restored).orElseThrow();
        restoreTo(restored, 2);

        for (Integrator integrator : List.of(running, integrator())) {
            write(restored, 3);
            Receipt elsewhere = write(other, 1).getFirst();
            drain(integrator);
            drain(integrator);
            assertThat(integrator.refused()).containsOnlyKeys(restored);
            assertThat(integrator.refused().get(restored)).contains("set back to an earlier state");
            proves(other, elsewhere);
            assertThat(reader.checkpoint(restored)).hasValue(sent);
        }
        holds(other);
        assertThat(database.count("select size from evidence.tree where workspace_id = ?", restored))
                .isEqualTo(2);
        assertThat(database.count("select count(*) from evidence.pending where workspace_id = ?", restored))
                .as("nothing is lost: it waits for a decision")
                .isEqualTo(6);
    }

    @Test
    void a_history_that_grew_again_after_a_restore_is_told_from_the_one_that_went_out() throws Exception {
        UUID log = database.workspace("A", "customer");
        drain(integrator());
        write(log, 2);
        drain(integrator());
        byte[] sent = reader.checkpoint(log).orElseThrow();
        restoreTo(log, 2);
        // Another server without the published folder signs a second history of the same length and longer.
        Files.delete(database.data().path("published", log + ".checkpoint"));
        write(log, 3);
        drain(integrator());
        assertThat(published(log).size()).isEqualTo(5);
        Files.write(database.data().path("published", log + ".checkpoint"), sent);

        Integrator integrator = integrator();
        write(log, 1);
        drain(integrator);
        assertThat(integrator.refused()).containsOnlyKeys(log);
        assertThat(integrator.refused().get(log)).contains("are not those of the checkpoint");
    }

    @Test
    void a_tampered_tile_stops_its_own_log_only() throws Exception {
        UUID log = database.workspace("A", "customer");
        UUID other = database.workspace("B", "customer");
        write(log, 10);
        drain(integrator());
        database.asSuperuser(
                "update evidence.tile set data = overlay(data placing '\\x00' from 40 for 1) where workspace_id = '"
                        + log + "' and level = 0 and n = 0");
        Integrator integrator = integrator();
        write(log, 1);
        Receipt elsewhere = write(other, 1).getFirst();
        drain(integrator);
        assertThat(integrator.refused()).containsOnlyKeys(log);
        proves(other, elsewhere);
    }

    @Test
    void a_missing_tile_stops_its_own_log_only() throws Exception {
        UUID log = database.workspace("A", "customer");
        UUID other = database.workspace("B", "customer");
        drain(integrator());
        database.asSuperuser("delete from evidence.tile where workspace_id = '" + log + "'");
        Integrator integrator = integrator();
        write(log, 1);
        Receipt elsewhere = write(other, 1).getFirst();
        drain(integrator);
        assertThat(integrator.refused()).containsOnlyKeys(log);
        assertThat(integrator.refused().get(log)).contains("missing");
        proves(other, elsewhere);
    }

    @Test
    void a_checkpoint_that_was_forged_in_the_database_is_not_handed_out() throws Exception {
        UUID log = database.workspace("A", "customer");
        drain(integrator());
        byte[] sent = reader.checkpoint(log).orElseThrow();
        write(log, 1);
        drain(integrator());
        Files.write(database.data().path("published", log + ".checkpoint"), sent);
        database.asSuperuser(
                "update evidence.checkpoint set note = replace(note, E'\\n3\\n', E'\\n4\\n') where workspace_id = '"
                        + log + "'");
        Integrator integrator = integrator();
        integrator.integrate();
        assertThat(integrator.refused()).containsOnlyKeys(log);
        assertThat(reader.checkpoint(log)).hasValue(sent);
    }

    private void queue(UUID workspace, UUID leaf) throws SQLException {
        database.asSuperuser(
                "insert into evidence.pending (workspace_id, leaf_id) values ('" + workspace + "', '" + leaf + "')");
    }

    /** Nobody but the triggers fills the queue; were it filled otherwise, that must not stop the logs of all. */
    @Test
    void a_poisoned_queue_stops_nobody() throws Exception {
        UUID attacker = database.workspace("A", "customer");
        UUID other = database.workspace("B", "customer");
        Integrator integrator = integrator();
        Receipt old = write(attacker, 1).getFirst();
        drain(integrator);
        for (UUID id : List.of(old.leaf(), old.leaf(), UUID.randomUUID())) {
            queue(attacker, id);
        }
        List<Receipt> twice = write(attacker, 1);
        queue(attacker, twice.getFirst().leaf());
        Receipt elsewhere = write(other, 1).getFirst();
        drain(integrator);
        gapless(attacker);
        holds(attacker);
        proves(other, elsewhere);
        proves(attacker, twice.getFirst());
        assertThat(integrator.refused()).isEmpty();
        assertThat(database.count("select count(*) from evidence.pending")).isZero();
    }

    @Test
    void leaves_of_a_workspace_that_has_no_log_stop_that_workspace_only() throws Exception {
        UUID stranger = UUID.randomUUID();
        UUID other = database.workspace("B", "customer");
        flood(stranger, 1);
        Receipt elsewhere = write(other, 1).getFirst();
        Integrator integrator = integrator();
        drain(integrator);
        drain(integrator);
        assertThat(integrator.refused()).containsOnlyKeys(stranger);
        proves(other, elsewhere);
    }

    @Test
    void the_anchor_log_holds_the_newest_checkpoint_of_every_log_that_changed() throws Exception {
        UUID anchorLog = database.workspace("Anchor", "anchor");
        UUID log = database.workspace("A", "customer");
        var anchor = new Anchor(database.pools().of(Role.LOG), clock, anchorLog);
        Integrator integrator = integrator(anchor::offer);
        drain(integrator);
        write(log, 1);
        drain(integrator);
        byte[] newest = reader.checkpoint(log).orElseThrow();
        clock.step(Duration.ofSeconds(10));
        assertThat(anchor.anchor()).isEqualTo(1);
        assertThat(anchor.anchor()).as("nothing changed since").isZero();
        drain(integrator);
        assertThat(anchor.anchor()).as("the anchor log does not anchor itself").isZero();
        long size = published(anchorLog).size();
        assertThat(anchor.newest(origin(log), size - 1, Long.MAX_VALUE))
                .as("beyond what is published")
                .isEmpty();
        assertThat(anchor.newest(origin(log), size, published(log).size() - 1))
                .as("newer than what the reader knows")
                .isEmpty();
        assertThat(anchor.newest(origin(anchorLog), size, Long.MAX_VALUE)).isEmpty();
        var anchored = anchor.newest(origin(log), size, Long.MAX_VALUE).orElseThrow();
        assertThat(anchored.seq()).isEqualTo(size - 1);
        assertThat(anchored.note()).isEqualTo(newest);
        assertThat(anchored.checkpoint()).isEqualTo(published(log));
        holds(anchorLog);
    }

    @Test
    void leaves_that_were_written_while_the_queue_was_switched_off_get_their_places() throws Exception {
        UUID workspace = database.workspace("A", "customer");
        Integrator integrator = integrator();
        drain(integrator);
        database.asSuperuser("alter table evidence.leaf disable trigger queue_leaves");
        List<Receipt> lost = write(workspace, 30);
        drain(integrator);
        assertThat(reader.entry(workspace, lost.getFirst().leaf()))
                .as("nobody queued it")
                .isEmpty();
        clock.step(Duration.ofHours(1));
        drain(integrator);
        for (Receipt receipt : lost) {
            proves(workspace, receipt);
        }
        gapless(workspace);
        holds(workspace);
    }

    @Test
    void leaves_that_were_lost_long_ago_are_found_and_those_that_have_a_place_get_no_second_one() throws Exception {
        UUID workspace = database.workspace("A", "customer");
        write(workspace, 20);
        Integrator integrator = integrator();
        drain(integrator);
        long places = published(workspace).size();
        database.asSuperuser("alter table evidence.leaf disable trigger queue_leaves");
        List<Receipt> lost = write(workspace, 1);
        database.asSuperuser("alter table evidence.leaf enable always trigger queue_leaves");
        clock.step(Duration.ofDays(30));
        for (int look = 0; look < 3; look++) {
            drain(integrator);
            clock.step(Integrator.LOST_EVERY);
        }
        proves(workspace, lost.getFirst());
        assertThat(published(workspace).size()).isEqualTo(places + 1);
        gapless(workspace);
    }

    @Test
    void a_session_that_keeps_the_integrators_lock_is_told_of_and_the_log_goes_on_when_it_ends() throws Exception {
        UUID workspace = database.workspace("A", "customer");
        Integrator integrator = integrator();
        var backlog = new BacklogStore(database.pools().of(Role.LOG), java.time.InstantSource.system());
        drain(integrator);
        assertThat(backlog.age()).isZero();
        try (java.sql.Connection other = database.connect(Role.APP);
                var s = other.createStatement()) {
            s.execute("select pg_advisory_lock(hashtextextended('averment.integrator', 0))");
            Receipt waiting = write(workspace, 1).getFirst();
            drain(integrator);
            assertThat(integrator.obstacle())
                    .as("it may be another replica's batch")
                    .isEmpty();
            clock.step(Integrator.LONGEST_NOT_LEADING);
            drain(integrator);
            assertThat(integrator.obstacle()).contains("held the integrator's lock");
            assertThat(database.count("select count(*) from evidence.pending")).isPositive();
            s.execute("select pg_advisory_unlock_all()");
            drain(integrator);
            assertThat(integrator.obstacle()).isEmpty();
            proves(workspace, waiting);
        }
    }

    @Test
    void the_age_of_the_oldest_leaf_without_a_place_is_known_whether_it_was_queued_or_not() throws Exception {
        UUID workspace = database.workspace("A", "customer");
        drain(integrator());
        clock.step(Duration.between(clock.instant(), Instant.now()));
        write(workspace, 1);
        try (java.sql.Connection c = database.connect(Role.LOG)) {
            assertThat(BacklogStore.oldest(c, Instant.now())).as("queued").isPresent();
            database.asSuperuser("delete from evidence.pending");
            assertThat(BacklogStore.oldest(c, Instant.now())).as("not queued").isPresent();
            clock.step(Duration.ofMinutes(1));
            drain(integrator());
            assertThat(BacklogStore.oldest(c, Instant.now())).isEmpty();
        }
    }
}
