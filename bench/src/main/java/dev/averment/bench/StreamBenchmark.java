package dev.averment.bench;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.database.Role;
import dev.averment.server.limits.LocalSlots;
import dev.averment.server.stream.Connection;
import dev.averment.server.stream.StreamHub;
import dev.averment.server.stream.StreamPolicy;
import dev.averment.server.stream.Streams;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Many open streams, from the commit of an event to its bytes in every stream of its workspace. The peer is the same database
 * taking the same events while nobody listens.
 */
public final class StreamBenchmark implements Benchmark {
    private static final int WORKSPACES = 100;
    private static final int STREAMS = 5_000;
    private static final int RATE = 1_000;

    /** Events of one transaction: about what a second's pings of a workspace cause. */
    private static final int BURST = 5;

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public Report run(Effort effort) throws Exception {
        int streams = Math.max(WORKSPACES, Math.min(STREAMS, effort.jobs() / 20));
        var report = new Report(
                "streams",
                streams + " open streams of " + WORKSPACES + " workspaces, " + RATE
                        + " events a second: from the commit of an event to its bytes in each stream of its workspace,"
                        + " without the network.",
                "Compared with committing the same events while nobody listens.");
        try (var rig = DatabaseRig.start(8)) {
            List<UUID> workspaces = rig.workspaces(WORKSPACES);
            InstantSource clock = InstantSource.system();
            var told = new Streams(clock);
            Samples alone = report.samples("events while nobody listens, as fast as they go", "events/s");
            Samples rate = report.samples("events with all streams open", "events/s");
            Samples bytes = report.samples("events told, over all streams", "events/s");
            Samples slow = report.samples("commit to the last stream's bytes, 99th percentile", "ms");
            Samples cpu = report.samples("processor time of database and server", "µs/event and stream");
            long crossed = 0;
            long lost = 0;
            for (int i = 0; i < effort.rounds(); i++) {
                alone.add(publish(rig, told, workspaces, effort, Integer.MAX_VALUE, new AtomicLong(), null)
                        .perSecond());
                var hub = new StreamHub(rig.pools().of(Role.WORKER), rig.workspaces(), told, clock, StreamPolicy.USUAL);
                hub.start();
                try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                    var ready = new CountDownLatch(streams);
                    var sinks = new ArrayList<Sink>();
                    for (int n = 0; n < streams; n++) {
                        UUID workspace = workspaces.get(n % WORKSPACES);
                        var sink = new Sink(workspace, ready);
                        sinks.add(sink);
                        threads.submit(() -> {
                            try (var slot = new LocalSlots().take("bench", 1).orElseThrow()) {
                                new Connection(hub, workspace, sink, () -> true, slot).run("");
                            }
                            return true;
                        });
                    }
                    if (!ready.await(2, TimeUnit.MINUTES)) {
                        throw new IllegalStateException("not all streams opened");
                    }
                    var published = new AtomicLong();
                    double before = rig.processorMicros() + ProcessorTime.own();
                    var latencies = new Latencies();
                    Clients.Round round = publish(rig, told, workspaces, effort, RATE, published, latencies);
                    long wanted = published.get() * (streams / WORKSPACES);
                    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                    while (sinks.stream().mapToLong(s -> s.events.sum()).sum() < wanted
                            && System.nanoTime() < deadline) {
                        Thread.onSpinWait();
                    }
                    long heard = sinks.stream().mapToLong(s -> s.events.sum()).sum();
                    cpu.add((rig.processorMicros() + ProcessorTime.own() - before) / Math.max(1, heard));
                    rate.add(round.perSecond());
                    bytes.add(heard / round.seconds());
                    slow.add(latencies.percentileMillis(sinks));
                    crossed += sinks.stream().mapToLong(s -> s.others.sum()).sum();
                    lost += wanted - heard;
                    hub.stop();
                }
                rig.asAdministrator("truncate stream.event");
            }
            report.atMost("events that came to a stream of another workspace", crossed, "", 0);
            report.atMost("events that a stream was not told", lost, "", 0);
            report.atLeast("events a second with all streams open, median", rate.median(), "events/s", RATE * 0.99);
            report.note(
                    "The 99th percentile is over events of the latest moment at which a stream of the workspace had"
                            + " them. A look at the database that finds nothing waits for 200 ms; a commit in the process wakes it.");
        }
        return report;
    }

    /** When the transactions of each number committed. */
    private static final class Latencies {
        final List<long[]> commits = new ArrayList<>();

        synchronized void add(long number, long nanos) {
            commits.add(new long[] {number, nanos});
        }

        double percentileMillis(List<Sink> sinks) {
            long[] all = commits.stream()
                    .mapToLong(c -> sinks.stream()
                                    .mapToLong(s -> s.when((int) c[0]))
                                    .max()
                                    .orElseThrow()
                            - c[1])
                    .filter(nanos -> nanos > 0)
                    .sorted()
                    .toArray();
            return all.length == 0 ? 0 : all[Math.min(all.length - 1, (int) (all.length * 0.99))] / 1e6;
        }
    }

    /** Publishes from four clients for a round's time, all together at most {@code rate} a second. */
    private static Clients.Round publish(
            DatabaseRig rig,
            Streams told,
            List<UUID> workspaces,
            Effort effort,
            int rate,
            AtomicLong published,
            @org.jspecify.annotations.Nullable Latencies latencies)
            throws Exception {
        long began = System.nanoTime();
        Clients.Round round = Clients.run(4, effort.round(), _ -> {
            long first = published.getAndAdd(BURST);
            long due = began + (long) (first * 1e9 / rate);
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                java.util.concurrent.locks.LockSupport.parkNanos(due - now);
            }
            UUID workspace = workspaces.get((int) (first / BURST % workspaces.size()));
            rig.workspaces().in(DatabaseRig.context(workspace), tx -> {
                for (int i = 0; i < BURST; i++) {
                    told.publish(
                            tx,
                            workspace,
                            "bench.event",
                            "bench/" + (first + i),
                            JsonObject.of("of", workspace.toString()));
                }
                return true;
            });
            if (latencies != null) {
                latencies.add(first / BURST, System.nanoTime());
            }
        });
        return new Clients.Round(round.acts() * BURST, round.seconds());
    }

    /** Reads what a browser would, and keeps no more than the figures. */
    private static final class Sink extends OutputStream {
        private final String of;
        private final CountDownLatch ready;
        private long[] moments = new long[1_024];
        final LongAdder events = new LongAdder();
        final LongAdder others = new LongAdder();

        Sink(UUID workspace, CountDownLatch ready) {
            this.of = "\"of\":\"" + workspace + "\"";
            this.ready = ready;
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException("a stream writes whole events");
        }

        @Override
        public void write(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.contains("event: ready")) {
                ready.countDown();
            } else if (text.contains("event: bench.event")) {
                int at = text.indexOf("\"subject\":\"bench/") + 17;
                int number = Integer.parseInt(text.substring(at, text.indexOf('"', at))) / BURST;
                moment(number);
                events.increment();
                if (!text.contains(of)) {
                    others.increment();
                }
            } else if (text.contains("event: resync")) {
                throw new IllegalStateException("a stream was too slow");
            }
        }

        private synchronized void moment(int number) {
            if (number >= moments.length) {
                moments = Arrays.copyOf(moments, Math.max(2 * moments.length, number + 1));
            }
            moments[number] = System.nanoTime();
        }

        synchronized long when(int number) {
            return number < moments.length ? moments[number] : 0;
        }
    }
}
