package dev.averment.server.delivery;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.database.Role;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.fixture.Receiver;
import dev.averment.server.fixture.TestClock;
import dev.averment.server.fixture.TestDatabase;
import dev.averment.server.jobs.JobWorker;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.RetryPolicy;
import dev.averment.server.jobs.WorkerSettings;
import dev.averment.server.outbound.AddressPolicy;
import dev.averment.server.outbound.Cidr;
import dev.averment.server.outbound.MailException;
import dev.averment.server.outbound.OutboundClient;
import dev.averment.server.outbound.TrustedAuthorities;
import dev.averment.server.tenancy.WorkspaceContext;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Delivery over a real database, real TLS receivers on loopback, and a clock that obeys. */
final class DeliveryRoom implements AutoCloseable {
    private static final URI BASE = URI.create("https://averment.test");

    /** Addresses that the operator opened: all of loopback but 127.0.0.9. */
    private static final List<Cidr> OPEN = List.of(Cidr.of("127.0.0.1/32"));

    final TestDatabase database;
    final TestClock clock = new TestClock(Instant.parse("2026-11-25T12:00:00Z"));
    final Jobs jobs = new Jobs(clock);
    final Deliveries deliveries = new Deliveries(jobs, clock);
    final Disclosures disclosures = new Disclosures("5e".repeat(32));
    final Channels channels =
            new Channels(ChannelTypes.usual(), disclosures, deliveries, new AddressPolicy(OPEN), BASE, clock);
    final Receiver receiver;
    final UUID workspace;
    private final OutboundClient client;
    private final JobWorker worker;

    DeliveryRoom(Path folder) throws Exception {
        database = TestDatabase.open();
        workspace = database.workspace("Works", "customer");
        receiver = new Receiver(folder.resolve("receiver"));
        client = new OutboundClient(
                new AddressPolicy(OPEN),
                TrustedAuthorities.of(Optional.of(receiver.authorityFile())),
                host -> List.of(InetAddress.ofLiteral(host.equals("inside.example.com") ? "127.0.0.9" : "127.0.0.1")),
                new OutboundClient.Times(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(3)));
        worker = new JobWorker(
                database.pools().of(Role.WORKER),
                jobs,
                List.of(sender()),
                RetryPolicy.USUAL,
                new WorkerSettings(64, 64, Duration.ofSeconds(60), Duration.ofMillis(50), Duration.ofSeconds(5)),
                clock);
    }

    DeliverySender sender() {
        return new DeliverySender(
                database.workspaces(),
                ChannelTypes.usual(),
                disclosures,
                deliveries,
                new Transport(
                        client,
                        (_, _, _, _) -> {
                            throw new MailException(
                                    "The mail relay can't be reached over TLS, or did not answer in time.", false);
                        },
                        new Inbox(database.workspaces(), clock)),
                BASE,
                clock);
    }

    void start() {
        worker.start();
    }

    /** Work in a transaction of the workspace that may find what was typed at fault. */
    interface Work<T> {
        T in(JdbcClient tx) throws ChannelException;
    }

    <T> T in(Work<T> work) {
        return database.workspaces().in(new WorkspaceContext(workspace, "user:olga"), tx -> {
            try {
                return work.in(tx);
            } catch (ChannelException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    Channels.Made webhook(String url) {
        return add("webhook", JsonObject.of("url", url));
    }

    Channels.Made webhook() {
        return webhook(receiver.url("/in/abcdefghijkl"));
    }

    Channels.Made add(String kind, JsonObject settings) {
        return in(tx -> channels.add(tx, workspace, kind, "Our " + kind, settings));
    }

    Channel channel(UUID id) {
        return in(tx -> channels.find(tx, workspace, id)).orElseThrow();
    }

    int announce(String kind) {
        return in(tx -> deliveries.announce(
                tx,
                workspace,
                new Announcement(
                        kind,
                        "monitor:7",
                        Announcement.NONE,
                        "critical",
                        "Backup late",
                        "Nothing since noon.",
                        URI.create("https://averment.test/incidents/7"),
                        clock.instant(),
                        JsonObject.of()),
                Optional.empty()));
    }

    List<Delivery> all() {
        return in(tx -> deliveries.all(tx, workspace, new UUID(-1, -1), 100));
    }

    /** The one delivery to that channel. */
    Delivery to(UUID channel) {
        return all().stream()
                .filter(d -> d.channel().equals(channel))
                .findFirst()
                .orElseThrow();
    }

    List<Delivery.Attempt> attempts(Delivery delivery) {
        return in(tx -> deliveries.attempts(tx, workspace, delivery.id()));
    }

    /** Waits until a delivery to that channel is as wished. */
    Delivery until(UUID channel, Predicate<Delivery> wished) {
        while (true) {
            List<Delivery> now =
                    all().stream().filter(d -> d.channel().equals(channel)).toList();
            Optional<Delivery> found = now.stream().filter(wished).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            if (Thread.interrupted()) {
                throw new AssertionError("not as wished: " + now);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    Delivery until(UUID channel, String state) {
        return until(channel, d -> d.state().equals(state));
    }

    /** Goes on to the next try, and waits until it has ended. */
    Delivery nextTry(UUID channel) {
        Delivery before = to(channel);
        clock.step(
                Duration.between(clock.instant(), before.next().orElseThrow()).plusMillis(1));
        worker.wake();
        return until(channel, d -> d.tries() > before.tries() && !d.state().equals("in_flight"));
    }

    static JsonObject json(byte[] body) throws JsonException {
        return Json.parseObject(body);
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws Exception {
        worker.stop();
        client.close();
        receiver.close();
        database.close();
    }
}
