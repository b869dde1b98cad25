package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.jobs.Jobs;
import dev.averment.server.jobs.NewJob;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells people: writes a delivery for each channel and the job that sends it, in the transaction of what there is to tell. */
public final class Deliveries {
    static final String JOB = "delivery.send";

    /** Processes that may die over one delivery, beyond the tries that its schedule has. */
    private static final int ATTEMPTS = 20;

    private static final int URGENT = 10;

    private final ChannelStore channels = new ChannelStore();
    private final DeliveryStore store = new DeliveryStore();
    private final Jobs jobs;
    private final InstantSource clock;

    public Deliveries(Jobs jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Announces something, inside {@code Workspaces.in} of that workspace.
     *
     * @param channels to which; empty for all that are switched on. One that is not, or is not there, is left out.
     * @return number of deliveries
     */
    public int announce(JdbcClient transaction, UUID workspace, Announcement what, Optional<List<UUID>> channels) {
        return announceAll(transaction, workspace, what, channels).size();
    }

    List<UUID> announceAll(JdbcClient transaction, UUID workspace, Announcement what, Optional<List<UUID>> wanted) {
        Instant now = clock.instant();
        List<NewJob> sending = new ArrayList<>();
        List<UUID> made = new ArrayList<>();
        for (Channel channel : channels.all(transaction, workspace)) {
            if (channel.enabled()
                    && wanted.map(ids -> ids.contains(channel.id())).orElse(true)) {
                UUID delivery = LeafIds.next(clock);
                store.insert(transaction, workspace, delivery, channel.id(), what);
                made.add(delivery);
                sending.add(new NewJob(
                        JOB,
                        JsonObject.of("delivery", delivery.toString()),
                        now,
                        Optional.of(delivery.toString()),
                        ATTEMPTS,
                        what.severity().equals("critical") ? URGENT : NewJob.USUAL));
            }
        }
        jobs.addAll(transaction, workspace, sending);
        return made;
    }

    /**
     * Deliveries of the workspace, newest first.
     *
     * @param before an id of one; those after it are left out
     */
    public List<Delivery> all(JdbcClient transaction, UUID workspace, UUID before, int most) {
        return store.all(transaction, workspace, before, most);
    }

    /** What was sent about one incident, oldest first, 1,000 at most. */
    public List<Delivery> ofIncident(JdbcClient transaction, UUID workspace, UUID incident) {
        return store.ofIncident(transaction, workspace, incident, 1_000);
    }

    /** What was sent to one channel, newest first. */
    public List<Delivery> to(JdbcClient transaction, UUID workspace, UUID channel, int most) {
        return store.to(transaction, workspace, channel, most);
    }

    public Optional<Delivery> find(JdbcClient transaction, UUID workspace, UUID delivery) {
        return store.find(transaction, workspace, delivery);
    }

    /** Every try of a delivery, newest first. */
    public List<Delivery.Attempt> attempts(JdbcClient transaction, UUID workspace, UUID delivery) {
        return store.attempts(transaction, workspace, delivery);
    }

    /** Every try of each of these, newest first; one that was never tried is missing. */
    public Map<UUID, List<Delivery.Attempt>> attempts(JdbcClient transaction, UUID workspace, List<Delivery> of) {
        return of.isEmpty()
                ? Map.of()
                : store.attempts(
                        transaction, workspace, of.stream().map(Delivery::id).toList());
    }
}
