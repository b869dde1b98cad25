package dev.averment.server.delivery;

import dev.averment.server.delivery.inbox.InboxChannel;
import dev.averment.server.tenancy.WorkspaceContext;
import dev.averment.server.tenancy.Workspaces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes messages to channels of the kind {@code inbox}, and shows them. */
public final class Inbox {
    /** The kind of channel whose messages stay here. */
    public static final String KIND = InboxChannel.WORD;

    /** Messages that one channel keeps; the oldest go. */
    public static final int MOST = 100;

    private final InboxStore store = new InboxStore();
    private final Workspaces workspaces;
    private final InstantSource clock;

    public Inbox(Workspaces workspaces, InstantSource clock) {
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /** A message as it arrived. */
    public record Received(UUID delivery, String title, String text, Instant at) {}

    /** Takes a message, once however often it comes, in a transaction of its own: what it is told has arrived is there. */
    void take(UUID workspace, UUID channel, UUID delivery, Message.Note note) {
        workspaces.in(new WorkspaceContext(workspace, "service:inbox"), tx -> {
            store.insert(
                    tx, workspace, channel, new Received(delivery, note.title(), note.text(), clock.instant()), MOST);
            return true;
        });
    }

    /** What arrived on a channel, newest first. */
    public List<Received> of(JdbcClient transaction, UUID workspace, UUID channel, int most) {
        return store.of(transaction, workspace, channel, most);
    }

    /** Takes everything away that arrived on a channel. */
    public void empty(JdbcClient transaction, UUID workspace, UUID channel) {
        store.empty(transaction, workspace, channel);
    }
}
