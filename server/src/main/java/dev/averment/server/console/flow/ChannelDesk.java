package dev.averment.server.console.flow;

import dev.averment.server.delivery.Channel;
import dev.averment.server.delivery.ChannelException;
import dev.averment.server.delivery.Channels;
import dev.averment.server.delivery.Deliveries;
import dev.averment.server.delivery.Delivery;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.identity.workspace.Entrance;
import dev.averment.server.identity.workspace.WorkspaceAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the pages read about channels and do with them, for whoever may. */
@Component
final class ChannelDesk {
    private static final int SENT = 20;

    private final WorkspaceAccess access;
    private final Channels channels;
    private final Deliveries deliveries;

    ChannelDesk(WorkspaceAccess access, Channels channels, Deliveries deliveries) {
        this.access = access;
        this.channels = channels;
        this.deliveries = deliveries;
    }

    /** Work that may find what was typed at fault, and null when there is nothing. */
    interface Work<T> {
        @Nullable
        T in(Channels channels, JdbcClient transaction) throws ChannelException;
    }

    /** A channel and what was sent there, newest first, with its tries. */
    record Whole(Channel channel, List<Delivery> sent, Map<UUID, List<Delivery.Attempt>> tries) {}

    <T> Outcome<T> in(Entrance entrance, Work<T> work) {
        return access.in(entrance, inside -> {
            try {
                T done = work.in(channels, inside.jdbc());
                return done == null ? Outcome.refused(new Refusal.NotFound()) : Outcome.done(done);
            } catch (ChannelException e) {
                return Outcome.refused(new Refusal.Invalid("bad-channel", String.valueOf(e.getMessage())));
            }
        });
    }

    Outcome<List<Channel>> all(Entrance entrance) {
        return in(entrance, (all, tx) -> all.all(tx, entrance.workspace()));
    }

    Outcome<Channel> one(Entrance entrance, UUID channel) {
        return in(
                entrance,
                (all, tx) -> all.find(tx, entrance.workspace(), channel).orElse(null));
    }

    Outcome<Whole> whole(Entrance entrance, UUID channel) {
        return in(entrance, (all, tx) -> {
            Optional<Channel> found = all.find(tx, entrance.workspace(), channel);
            if (found.isEmpty()) {
                return null;
            }
            List<Delivery> sent = deliveries.to(tx, entrance.workspace(), channel, SENT);
            return new Whole(found.get(), sent, deliveries.attempts(tx, entrance.workspace(), sent));
        });
    }
}
