package dev.averment.server.delivery;

import dev.averment.evidence.json.JsonObject;
import dev.averment.server.delivery.webhook.WebhookChannel;
import dev.averment.server.evidence.Disclosures;
import dev.averment.server.evidence.LeafIds;
import dev.averment.server.outbound.AddressPolicy;
import dev.averment.server.outbound.OutboundException;
import dev.averment.server.outbound.OutboundUrl;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The channels of a workspace, in its own transactions. What is secret about one goes in and is never read back. */
public final class Channels {
    /** Of one workspace. */
    public static final int MOST = 50;
    /** Test messages of one workspace. */
    public static final int TESTS = 10;

    private static final Duration TESTS_IN = Duration.ofMinutes(1);
    private static final int LONGEST_NAME = 100;
    private static final int MAX_SETTINGS = 8_192;

    private final ChannelStore store = new ChannelStore();
    private final DeliveryStore deliveryStore = new DeliveryStore();
    private final ChannelTypes types;
    private final ChannelVault vault;
    private final Deliveries deliveries;
    private final AddressPolicy policy;
    private final URI base;
    private final InstantSource clock;

    /**
     * @param policy which addresses nobody can set up; what a name resolves to is looked at when something is sent
     * @param base   address under which people reach the server
     */
    public Channels(
            ChannelTypes types,
            Disclosures disclosures,
            Deliveries deliveries,
            AddressPolicy policy,
            URI base,
            InstantSource clock) {
        this.types = types;
        this.vault = new ChannelVault(disclosures, store);
        this.deliveries = deliveries;
        this.policy = policy;
        this.base = base;
        this.clock = clock;
    }

    /**
     * A channel that was made.
     *
     * @param secret that was made for the receiver, shown this once
     */
    public record Made(Channel channel, Optional<String> secret) {
        @Override
        public String toString() {
            return channel.toString();
        }
    }

    public List<Channel> all(JdbcClient transaction, UUID workspace) {
        return store.all(transaction, workspace);
    }

    public Optional<Channel> find(JdbcClient transaction, UUID workspace, UUID channel) {
        return store.find(transaction, workspace, channel);
    }

    /**
     * Makes a channel that is switched on.
     *
     * @throws ChannelException with what can't be taken, and what to write instead
     */
    public Made add(JdbcClient transaction, UUID workspace, String kind, String name, JsonObject typed)
            throws ChannelException {
        ChannelType type = types.find(kind)
                .orElseThrow(() ->
                        new ChannelException("There is no such kind of channel; there are " + types.words() + "."));
        if (store.all(transaction, workspace).size() >= MOST) {
            throw new ChannelException("A workspace has " + MOST + " channels at most. Remove one first.");
        }
        JsonObject settings = accepted(type.accept(typed));
        var channel = new Channel(
                LeafIds.next(clock),
                kind,
                named(name),
                true,
                Optional.empty(),
                type.shown(settings),
                Optional.empty(),
                clock.instant());
        store.insert(transaction, workspace, channel, vault.seal(transaction, workspace, channel.id(), settings));
        return new Made(channel, secret(settings));
    }

    private static Optional<String> secret(JsonObject settings) {
        return settings.has("secret") ? Optional.of(Settings.kept(settings, "secret")) : Optional.empty();
    }

    private JsonObject accepted(JsonObject settings) throws ChannelException {
        if (settings.canonical().length > MAX_SETTINGS) {
            throw new ChannelException("The settings are longer than " + MAX_SETTINGS + " bytes.");
        }
        if (settings.has("url")) {
            refuseUnreachable(Settings.kept(settings, "url"));
        }
        return settings;
    }

    /** Whoever sets a channel up is told at once what would be refused with every message. */
    private void refuseUnreachable(String text) throws ChannelException {
        try {
            OutboundUrl url = OutboundUrl.of(text);
            Optional<String> refusal = policy.refusal(url);
            if (refusal.isPresent()) {
                throw new ChannelException("The address is not allowed: " + url.host() + " is " + refusal.get()
                        + ". Give one that is reached over the public Internet.");
            }
        } catch (OutboundException e) {
            throw new ChannelException(String.valueOf(e.getMessage()));
        }
    }

    private static String named(String name) throws ChannelException {
        String stripped = name.strip();
        if (stripped.isEmpty()
                || stripped.length() > LONGEST_NAME
                || stripped.chars().anyMatch(Character::isISOControl)) {
            throw new ChannelException("A channel has a name of 1 to " + LONGEST_NAME + " characters on one line.");
        }
        return stripped;
    }

    /**
     * Changes what is given.
     *
     * @param enabled true also forgets that nothing arrived there
     * @return false when there is no such channel
     */
    public boolean change(
            JdbcClient transaction,
            UUID workspace,
            UUID channel,
            @Nullable String name,
            @Nullable JsonObject typed,
            @Nullable Boolean enabled)
            throws ChannelException {
        Optional<Channel> found = store.locked(transaction, workspace, channel);
        if (found.isEmpty()) {
            return false;
        }
        Instant now = clock.instant();
        if (name != null) {
            store.rename(transaction, workspace, channel, named(name), now);
        }
        if (typed != null) {
            ChannelType type = types.of(found.get());
            JsonObject settings = accepted(
                    type instanceof WebhookChannel
                            ? WebhookChannel.moved(vault.open(transaction, workspace, channel), typed)
                            : type.accept(typed));
            store.settings(
                    transaction,
                    workspace,
                    channel,
                    type.shown(settings),
                    vault.seal(transaction, workspace, channel, settings),
                    now);
        }
        if (enabled != null) {
            store.enable(transaction, workspace, channel, enabled ? null : "Switched off by a person.", now);
        }
        return true;
    }

    /** Takes the channel away, and with it what was secret; what is on its way to it is cancelled. */
    public boolean remove(JdbcClient transaction, UUID workspace, UUID channel) {
        if (store.locked(transaction, workspace, channel).isEmpty()) {
            return false;
        }
        store.remove(transaction, workspace, channel, clock.instant());
        return true;
    }

    /**
     * Replaces a webhook's secret; the one before signs too for {@link WebhookChannel#OVERLAP}.
     *
     * @return the new one, shown this once; empty when there is no such channel
     * @throws ChannelException when it is no webhook
     */
    public Optional<String> rotate(JdbcClient transaction, UUID workspace, UUID channel) throws ChannelException {
        Optional<Channel> found = store.locked(transaction, workspace, channel);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!found.get().kind().equals("webhook")) {
            throw new ChannelException(
                    "Only webhooks have a secret of ours. Change the settings of this channel instead.");
        }
        Instant now = clock.instant();
        JsonObject settings = WebhookChannel.rotated(vault.open(transaction, workspace, channel), now);
        store.settings(
                transaction,
                workspace,
                channel,
                found.get().shown(),
                vault.seal(transaction, workspace, channel, settings),
                now);
        return secret(settings);
    }

    /**
     * Sends a test message there.
     *
     * @return its delivery; empty when there is no such channel
     * @throws ChannelException when the channel is switched off, or too many were sent
     */
    public Optional<UUID> test(JdbcClient transaction, UUID workspace, UUID channel) throws ChannelException {
        Optional<Channel> found = store.locked(transaction, workspace, channel);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (!found.get().enabled()) {
            throw new ChannelException("The channel is switched off. Switch it on first.");
        }
        Instant now = clock.instant();
        Instant since = now.minus(TESTS_IN);
        if (deliveryStore.testsSince(transaction, workspace, since, new UUID(since.toEpochMilli() << 16, 0)) >= TESTS) {
            throw new ChannelException("A workspace sends " + TESTS + " tests a minute at most. Wait a minute.");
        }
        var what = new Announcement(
                "test",
                "test:" + channel,
                Announcement.NONE,
                "info",
                "A test from Averment",
                "Somebody asked whether messages arrive here. This one did.",
                base.resolve("/workspaces/" + workspace),
                now,
                JsonObject.of());
        return deliveries.announceAll(transaction, workspace, what, Optional.of(List.of(channel))).stream()
                .findFirst();
    }
}
