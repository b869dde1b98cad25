package dev.averment.server.edge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An answer that goes on after the container's thread has let go of the request, written by a thread of its own.
 *
 * <p>Request and response are the container's, which gives them to another connection as soon as it has ended this one: when a
 * write fails, it ends it at once, on another thread. So whatever is done here is done only while the answer is still this
 * one's, and after a write that failed nothing is: a late {@code complete()} would end somebody else's answer.
 */
public final class LongAnswer extends OutputStream implements AsyncListener {
    private final AsyncContext context;
    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean over;

    private LongAnswer(AsyncContext context, OutputStream out) {
        this.context = context;
        this.out = out;
    }

    /** Takes the answer over from the container's thread, without a limit of time. */
    public static LongAnswer begin(HttpServletRequest request) throws IOException {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        var answer = new LongAnswer(context, context.getResponse().getOutputStream());
        context.addListener(answer);
        return answer;
    }

    /** A step that writes. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private void step(Step step) throws IOException {
        lock.lock();
        try {
            if (over) {
                throw new IOException("the answer is over");
            }
            try {
                step.run();
            } catch (IOException e) {
                over = true;
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(int b) throws IOException {
        step(() -> out.write(b));
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        step(() -> out.write(bytes, from, count));
    }

    @Override
    public void flush() throws IOException {
        step(out::flush);
    }

    /** Ends it; does nothing when it is over already. */
    @Override
    public void close() {
        end(context);
    }

    private void end(AsyncContext of) {
        lock.lock();
        try {
            if (!over) {
                over = true;
                of.complete();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A write has failed: the container asks, on its own thread, to end it. */
    @Override
    public void onError(AsyncEvent event) {
        lock.lock();
        try {
            over = true;
            event.getAsyncContext().complete();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        end(event.getAsyncContext());
    }

    @Override
    public void onComplete(AsyncEvent event) {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Never begun again.
    }
}
