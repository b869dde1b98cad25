package dev.averment.server.edge;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.coyote.InputBuffer;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * How long the body of a request may take in all, from the first read to the last: a body that comes a byte at a time would
 * keep a connection, and whoever waits for it, as long as its sender likes. Each single read waits no longer than what is left.
 */
final class BodyPace implements InputBuffer {
    /** For the largest body that anything here takes (64 KiB), over a line of 7 KiB a second. */
    static final Duration WHOLE = Duration.ofSeconds(10);

    /** More of a body that nobody asked for is not waited for: the connection ends. */
    private static final int UNASKED = 2 << 20;

    /** What a connection does for its requests' bodies. */
    interface Line {
        SocketWrapperBase<?> socket();

        /** Tells the sender that he is too slow, and ends the connection. */
        void giveUp();
    }

    /** A body did not arrive in time. */
    static final class TooSlow extends IOException {
        private static final long serialVersionUID = 1L;

        TooSlow() {
            super("the body did not arrive within " + WHOLE.toSeconds() + " seconds");
        }
    }

    private final InputBuffer body;
    private final Line line;
    private boolean begun;
    private boolean over;
    private long end;

    BodyPace(InputBuffer body, Line line) {
        this.body = body;
        this.line = line;
    }

    /** The next request of the connection. */
    void restart() {
        begun = false;
        over = false;
    }

    @Override
    public int doRead(ApplicationBufferHandler handler) throws IOException {
        if (over) {
            throw new TooSlow();
        }
        if (!begun) {
            begun = true;
            end = System.nanoTime() + WHOLE.toNanos();
        }
        SocketWrapperBase<?> socket = line.socket();
        long usual = socket.getReadTimeout();
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw giveUp();
        }
        socket.setReadTimeout(usual > 0 ? Math.min(usual, left) : left);
        try {
            return body.doRead(handler);
        } catch (SocketTimeoutException e) {
            throw giveUp();
        } finally {
            socket.setReadTimeout(usual);
        }
    }

    private TooSlow giveUp() {
        over = true;
        line.giveUp();
        return new TooSlow();
    }

    /** Reads what nobody asked for, so that the sender gets to the answer. False when that is too much or too slow. */
    boolean finish() {
        var sink = new Sink();
        try {
            long read = 0;
            while (read <= UNASKED) {
                int count = doRead(sink);
                if (count < 0) {
                    return true;
                }
                read += count;
            }
            return false;
        } catch (IOException e) {
            // Gone, malformed or too slow: in any case there is no next request on this connection.
            return false;
        }
    }

    @Override
    public int available() {
        return body.available();
    }

    private static final class Sink implements ApplicationBufferHandler {
        private ByteBuffer buffer = ByteBuffer.allocate(0);

        @Override
        public void setByteBuffer(ByteBuffer next) {
            buffer = next;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return buffer;
        }

        @Override
        public void expand(int size) {
            // Filters hand their own buffers over.
        }
    }
}
