package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.jobs.Job;
import dev.averment.server.jobs.JobHandler;
import dev.averment.server.jobs.JobOutcome;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends a delivery: writes down that it tries, tries, and writes down how that ended, with no transaction open while it waits
 * for the receiver. When the process dies in between, the next one finds the try without an end, calls it unknown and tries
 * again: a receiver may get a message twice, under the same id, and never not at all.
 */
public final class DeliverySender implements JobHandler {
    /** Of one channel in one process: a receiver that hangs holds no more than that. */
    static final int AT_ONCE = 4;

    private static final Duration FULL = Duration.ofSeconds(2);

    private final ConcurrentMap<UUID, Integer> sending = new ConcurrentHashMap<>();
    private final ChannelStore channels = new ChannelStore();
    private final DeliveryStore store = new DeliveryStore();
    private final Workspaces workspaces;
    private final ChannelTypes types;
    private final ChannelVault vault;
    private final ChannelHealth health;
    private final Transport transport;
    private final String instance;
    private final InstantSource clock;
    private final List<DeliveryListener> listeners = new CopyOnWriteArrayList<>();

    /** @param base address under which people reach the server; its host names it in messages */
    public DeliverySender(
            Workspaces workspaces,
            ChannelTypes types,
            Disclosures disclosures,
            Deliveries deliveries,
            Transport transport,
            URI base,
            InstantSource clock) {
        this.workspaces = workspaces;
        this.types = types;
        this.vault = new ChannelVault(disclosures, channels);
        this.health = new ChannelHealth(channels, deliveries, base);
        this.transport = transport;
        this.instance = base.getHost();
        this.clock = clock;
    }

    /** Told of every try that ends from now on. */
    public void onTried(DeliveryListener listener) {
        listeners.add(listener);
    }

    @Override
    public String kind() {
        return Deliveries.JOB;
    }

    /** What the first transaction says: there is nothing to send, or what. */
    private sealed interface Begun {
        record Nothing(JobOutcome outcome) implements Begun {}

        record Send(UUID channel, int n, ChannelType type, JsonObject settings, Message message) implements Begun {}
    }

    @Override
    public JobOutcome run(Job job) throws JsonException {
        UUID delivery = UUID.fromString(job.args().string("delivery"));
        var context = new WorkspaceContext(job.workspace(), "service:delivery");
        Optional<UUID> channel = workspaces.reading(
                context, tx -> store.find(tx, job.workspace(), delivery).map(Delivery::channel));
        if (channel.isEmpty()) {
            return new JobOutcome.Done();
        }
        if (sending.merge(channel.get(), 1, Integer::sum) > AT_ONCE) {
            leave(channel.get());
            return new JobOutcome.Again(clock.instant().plus(FULL));
        }
        try {
            Begun begun = workspaces.in(context, tx -> begin(tx, job.workspace(), delivery));
            return switch (begun) {
                case Begun.Nothing nothing -> nothing.outcome();
                case Begun.Send send -> {
                    Tried tried = transport.send(
                            send.type(),
                            send.settings(),
                            send.message(),
                            new Transport.Sender(job.workspace(), send.channel(), delivery),
                            clock);
                    yield workspaces.in(context, tx -> {
                        JobOutcome outcome = end(tx, job.workspace(), delivery, send, tried);
                        listeners.forEach(listener -> listener.tried(tx, job.workspace(), delivery));
                        return outcome;
                    });
                }
            };
        } finally {
            leave(channel.get());
        }
    }

    private void leave(UUID channel) {
        sending.computeIfPresent(channel, (_, n) -> n == 1 ? null : n - 1);
    }

    private Begun begin(JdbcClient tx, UUID workspace, UUID id) {
        Delivery delivery = store.locked(tx, workspace, id).orElseThrow();
        Instant now = clock.instant();
        boolean open = delivery.ended().isEmpty();
        if (!open) {
            return new Begun.Nothing(new JobOutcome.Done());
        }
        if (delivery.next().filter(now::isBefore).isPresent()) {
            // Its process died after it had written down how the try ended.
            return new Begun.Nothing(new JobOutcome.Again(delivery.next().get()));
        }
        store.unknown(tx, workspace, id);
        Optional<Channel> channel =
                channels.find(tx, workspace, delivery.channel()).filter(Channel::enabled);
        if (channel.isEmpty()) {
            store.state(tx, workspace, id, "cancelled", null, now);
            return new Begun.Nothing(new JobOutcome.Done());
        }
        if (delivery.tries() >= RetrySchedule.TRIES) {
            store.state(tx, workspace, id, "exhausted", null, now);
            health.failed(tx, workspace, delivery.channel(), false, now);
            return new Begun.Nothing(new JobOutcome.Done());
        }
        ChannelType type = types.of(channel.get());
        JsonObject settings = vault.open(tx, workspace, delivery.channel());
        int n = delivery.tries() + 1;
        store.begin(tx, workspace, id, n, now);
        return new Begun.Send(
                delivery.channel(),
                n,
                type,
                settings,
                type.message(settings, delivery.what(), new Sending(id, now, instance)));
    }

    private JobOutcome end(JdbcClient tx, UUID workspace, UUID id, Begun.Send sent, Tried tried) {
        Delivery delivery = store.locked(tx, workspace, id).orElseThrow();
        Instant now = clock.instant();
        Optional<Instant> next =
                tried.reply() == Reply.RETRY && !tried.outcome().equals("blocked")
                        ? RetrySchedule.after(sent.n(), tried.asked(), tried.slow(), new SplittableRandom())
                                .map(now::plus)
                        : Optional.empty();
        if (!store.end(tx, workspace, id, sent.n(), tried, next.orElse(null)) || delivery.tries() != sent.n()) {
            // Somebody else has it meanwhile, for our lease was lost.
            return new JobOutcome.Done();
        }
        if (tried.reply() == Reply.DELIVERED) {
            store.state(tx, workspace, id, "delivered", null, now);
            health.arrived(tx, workspace, sent.channel());
            return new JobOutcome.Done();
        }
        if (next.isPresent()) {
            store.state(tx, workspace, id, "retrying", next.get(), null);
        } else {
            store.state(tx, workspace, id, tried.outcome().equals("blocked") ? "blocked" : "exhausted", null, now);
        }
        health.failed(tx, workspace, sent.channel(), tried.reply() == Reply.GONE, now);
        return next.<JobOutcome>map(JobOutcome.Again::new).orElseGet(JobOutcome.Done::new);
    }
}
