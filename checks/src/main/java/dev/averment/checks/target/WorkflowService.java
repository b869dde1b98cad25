package dev.averment.checks.target;

import dev.averment.checks.CollectException;
import java.time.Instant;
import java.util.List;

/** Monitors, streams and channels of the workspaces that a {@link WorkspaceService} has for checks, and what stands behind them. */
public interface WorkflowService {

    /** Listens from now on to what the server's roles ask their database. */
    Questions questions() throws CollectException;

    /**
     * Writes events of the kind {@code check.canary} into a workspace that is made for checks, in one transaction, as the
     * application writes them. Each says of itself whose it is and which: {@code {"n":N,"of":"WORKSPACE"}}.
     *
     * @param first number of the first
     * @return the transaction, for {@link #forget}
     */
    long tell(String workspace, String subject, int first, int count) throws CollectException;

    /** Removes the events of these transactions again. */
    void forget(String workspace, List<Long> transactions) throws CollectException;

    /** What the database keeps of the settings of a channel. */
    Kept kept(String workspace, String channel) throws CollectException;

    /** The keys under which those settings are encrypted in the end, as they lie outside of the database. */
    List<byte[]> keysOfChannels() throws CollectException;

    /** Puts another address into the settings of a channel past the service, as one would stand there from before it was refused. */
    void readdress(String workspace, String channel, String url) throws CollectException;

    /**
     * The client that sends to addresses of channels.
     *
     * @param now when certificates for a trial of it are made
     */
    OutboundTrial outbound(Instant now) throws CollectException;

    /**
     * Settings of a channel.
     *
     * @param stored as they stand in the table
     * @param opened what they say once they are decrypted with the key; empty when it does not open them
     */
    record Kept(byte[] stored, String opened) {
        @Override
        public String toString() {
            return "settings of a channel";
        }
    }

    /** What the server asks its database. */
    interface Questions extends AutoCloseable {
        /** When each of the server's connections was last asked something: the same text as long as nobody asks anything. */
        String asked() throws CollectException;

        @Override
        void close();
    }
}
