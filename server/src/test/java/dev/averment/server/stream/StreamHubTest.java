package dev.averment.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.database.Role;
import dev.averment.server.fixture.Actors;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.limits.LocalSlots;
import dev.averment.server.tenancy.WorkspaceContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers' hubs over one database: order, separation, and readers who can't keep up. */
class StreamHubTest {
    private static final StreamPolicy POLICY = new StreamPolicy(
            10,
            Duration.ofSeconds(15),
            Duration.ofMillis(50),
            Duration.ofMinutes(20),
            5_000,
            20_000,
            Duration.ofHours(24));

    private final TestClock clock = new TestClock(Instant.parse("2026-11-24T10:00:00Z"));
    private TestDatabase database;
    private Actors actors;
    private Streams here;
    private Streams elsewhere;
    private StreamHub hub;

    @BeforeEach
    void open() throws Exception {
        database = TestDatabase.open();
        actors = database.actors();
        here = new Streams(clock);
        elsewhere = new Streams(clock);
        hub = hub(POLICY);
        hub.start();
    }

    @AfterEach
    void close() throws Exception {
        hub.stop();
        database.close();
    }

    private StreamHub hub(StreamPolicy policy) {
        return new StreamHub(database.pools().of(Role.WORKER), database.workspaces(), here, clock, policy);
    }

    /** What was written, and a latch for how much is waited for. */
    private static final class Sink extends OutputStream {
        final StringBuilder text = new StringBuilder();
        final CountDownLatch ready = new CountDownLatch(1);
        final CountDownLatch events;
        final CountDownLatch blockedOn;

        Sink(int events, CountDownLatch blockedOn) {
            this.events = new CountDownLatch(events);
            this.blockedOn = blockedOn;
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            String part = new String(bytes, StandardCharsets.UTF_8);
            synchronized (text) {
                text.append(part);
            }
            if (part.contains("event: ready")) {
                ready.countDown();
            } else if (part.contains("event: ")) {
                events.countDown();
                try {
                    blockedOn.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }

        String all() {
            synchronized (text) {
                return text.toString();
            }
        }
    }

    private void publish(Streams by, UUID workspace, String kind, int from, int count) {
        database.workspaces().in(new WorkspaceContext(workspace, "service:test"), tx -> {
            for (int i = 0; i < count; i++) {
                by.publish(tx, workspace, kind, "tests/" + (from + i), JsonObject.of("of", workspace.toString()));
            }
            return true;
        });
    }

    private Future<?> follow(
            java.util.concurrent.ExecutorService threads,
            UUID workspace,
            Sink sink,
            String after,
            AtomicBoolean welcome) {
        return threads.submit(() -> {
            try (var slot = new LocalSlots().take("x", 1).orElseThrow()) {
                new Connection(hub, workspace, sink, welcome::get, slot).run(after);
            }
            return null;
        });
    }

    @Test
    void ten_thousand_events_each_way_and_none_crosses() throws Exception {
        UUID a = actors.owner().workspace();
        UUID b = actors.outsider().workspace();
        var go = new CountDownLatch(0);
        var ofA = new Sink(10_000, go);
        var ofB = new Sink(10_000, go);
        var welcome = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = follow(threads, a, ofA, "", welcome);
            Future<?> second = follow(threads, b, ofB, "", welcome);
            assertThat(ofA.ready.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(ofB.ready.await(30, TimeUnit.SECONDS)).isTrue();
            // Several writers at once, here and on another server, so that numbers and commits get out of order.
            var writers = new ArrayList<Future<?>>();
            for (int writer = 0; writer < 4; writer++) {
                int number = writer;
                writers.add(threads.submit(() -> {
                    for (int i = 0; i < 250; i++) {
                        publish(number % 2 == 0 ? here : elsewhere, a, "a.happened", number * 2_500 + i * 10, 10);
                        publish(number % 2 == 0 ? here : elsewhere, b, "b.happened", number * 2_500 + i * 10, 10);
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            assertThat(ofA.events.await(60, TimeUnit.SECONDS))
                    .as("left of A: " + ofA.events)
                    .isTrue();
            assertThat(ofB.events.await(60, TimeUnit.SECONDS))
                    .as("left of B: " + ofB.events)
                    .isTrue();
            welcome.set(false);
            first.get(30, TimeUnit.SECONDS);
            second.get(30, TimeUnit.SECONDS);
        }
        assertThat(ofA.all())
                .doesNotContain("b.happened")
                .doesNotContain(b.toString())
                .doesNotContain("resync");
        assertThat(ofB.all())
                .doesNotContain("a.happened")
                .doesNotContain(a.toString())
                .doesNotContain("resync");
        List<String> told = ofA.all()
                .lines()
                .filter(l -> l.startsWith("data: {\"at"))
                .map(l -> l.replaceAll(".*tests/", ""))
                .toList();
        assertThat(told).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void a_transaction_that_ends_late_is_told_late_and_not_passed_by() throws Exception {
        UUID workspace = actors.owner().workspace();
        var sink = new Sink(2, new CountDownLatch(0));
        var welcome = new AtomicBoolean(true);
        var written = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> following = follow(threads, workspace, sink, "", welcome);
            assertThat(sink.ready.await(30, TimeUnit.SECONDS)).isTrue();
            Future<?> slow = threads.submit(() -> database.workspaces()
                    .in(new WorkspaceContext(workspace, "service:slow"), tx -> {
                        here.publish(tx, workspace, "slow.first", "tests/1", JsonObject.of());
                        written.countDown();
                        try {
                            return commit.await(60, TimeUnit.SECONDS);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }));
            written.await();
            publish(here, workspace, "quick.second", 2, 1);
            String before = sink.all();
            commit.countDown();
            slow.get();
            assertThat(sink.events.await(60, TimeUnit.SECONDS)).isTrue();
            assertThat(before).doesNotContain("quick.second");
            assertThat(sink.all().indexOf("slow.first"))
                    .isPositive()
                    .isLessThan(sink.all().indexOf("quick.second"));
            welcome.set(false);
            following.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_reader_who_is_too_slow_is_dropped_with_a_resync_and_holds_up_nobody() throws Exception {
        hub.stop();
        hub = hub(new StreamPolicy(
                10,
                Duration.ofSeconds(15),
                Duration.ofMillis(50),
                Duration.ofMinutes(20),
                20,
                20_000,
                Duration.ofHours(24)));
        hub.start();
        UUID workspace = actors.owner().workspace();
        var wait = new CountDownLatch(1);
        var slow = new Sink(1, wait);
        var quick = new Sink(201, new CountDownLatch(0));
        var welcome = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> blocked = follow(threads, workspace, slow, "", welcome);
            Future<?> flowing = follow(threads, workspace, quick, "", welcome);
            assertThat(slow.ready.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(quick.ready.await(30, TimeUnit.SECONDS)).isTrue();
            publish(here, workspace, "first", 0, 1);
            assertThat(slow.events.await(30, TimeUnit.SECONDS)).isTrue();
            for (int i = 1; i <= 200; i++) {
                long before = quick.events.getCount();
                publish(here, workspace, "more", i, 1);
                // The quick one reads each before the next comes.
                while (quick.events.getCount() == before) {
                    Thread.onSpinWait();
                }
            }
            wait.countDown();
            blocked.get(30, TimeUnit.SECONDS);
            assertThat(slow.all()).contains("event: resync", "faster than they were read");
            assertThat(slow.all()).doesNotContain("tests/200");
            assertThat(quick.all()).contains("tests/200").doesNotContain("resync");
            welcome.set(false);
            flowing.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void what_is_older_than_a_day_is_deleted_and_who_comes_for_it_is_told_so() throws Exception {
        UUID workspace = actors.owner().workspace();
        publish(here, workspace, "old", 1, 3);
        String id = "1-1-" + clock.instant().getEpochSecond();
        clock.step(Duration.ofHours(25));
        publish(here, workspace, "new", 4, 1);
        hub.stop();
        hub = hub(POLICY);
        hub.round();
        assertThat(database.count("select count(*) from stream.event")).isEqualTo(1);
        hub.start();
        var sink = new Sink(1, new CountDownLatch(0));
        var welcome = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> following = follow(threads, workspace, sink, id, welcome);
            assertThat(sink.events.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(sink.all()).contains("event: resync");
            welcome.set(false);
            following.get(30, TimeUnit.SECONDS);
        }
    }
}
