package dev.averment.server.edge;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 as Tomcat speaks it, but for four things. What it refuses before there is a request, such as a malformed request
 * line, passes no filter and no valve, and gets the headers here. Each request has a virtual thread, and its body must arrive
 * in time ({@link BodyPace}). A head must have done so before ({@link HeadPace}), and an address has a share of the connections
 * ({@link EdgeConnections}).
 */
public final class EdgeProtocol extends Http11NioProtocol {
    /** Bytes: the empty line at the end of a body in chunks, and nothing else that would fit. */
    private static final int TRAILER = 16;

    /** Requests on one connection: who reports every second what he did shakes hands once in hours. */
    static final int REQUESTS = 10_000;

    private final EdgeConnections connections;
    private volatile Map<String, String> headers = Map.of();

    public EdgeProtocol() {
        this(new EdgeConnections());
    }

    private EdgeProtocol(EdgeConnections connections) {
        super(connections);
        this.connections = connections;
        // A request that waits, for its body or for the database, keeps none of a few threads from others.
        setExecutor(new VirtualThreadExecutor("http-"));
        // Nobody needs what may stand between the chunks of a body, and it would come at its sender's pace.
        setMaxExtensionSize(0);
        setMaxTrailerSize(TRAILER);
    }

    /** @param headers of every answer that no filter sees */
    void refuseWith(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
    }

    /** What {@link #refuseWith} set. */
    Map<String, String> refusalHeaders() {
        return headers;
    }

    /** @param most connections of one address; @param shared addresses that are not counted */
    void limitConnections(int most, Predicate<InetAddress> shared) {
        connections.limit(most, shared);
    }

    @Override
    protected Processor createProcessor() {
        var adapter = new Finishing(getAdapter());
        var processor = new Refusing(this, adapter);
        adapter.processor = processor;
        return processor;
    }

    private final class Refusing extends Http11Processor implements BodyPace.Line {
        private final BodyPace pace;

        Refusing(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
            super(protocol, adapter);
            pace = new BodyPace(request.getInputBuffer(), this);
            request.setInputBuffer(pace);
        }

        @Override
        protected void setErrorState(ErrorState state, @Nullable Throwable cause) {
            if (!response.isCommitted()) {
                headers.forEach((name, value) -> {
                    if (response.getMimeHeaders().getHeader(name) == null) {
                        response.addHeader(name, value);
                    }
                });
            }
            super.setErrorState(state, cause);
        }

        @Override
        public SocketWrapperBase<?> socket() {
            return getSocketWrapper();
        }

        @Override
        public void giveUp() {
            if (!response.isCommitted()) {
                byte[] problem = Problems.bytes(
                        408,
                        "body-too-slow",
                        "The request's body came too slowly",
                        "A body must arrive within " + BodyPace.WHOLE.toSeconds()
                                + " seconds. The connection ends; send the request again over a faster line.");
                headers.forEach(response::setHeader);
                response.setStatus(408);
                response.setContentType("application/problem+json");
                response.setContentLength(problem.length);
                try {
                    response.doWrite(ByteBuffer.wrap(problem));
                    action(ActionCode.CLOSE, null);
                } catch (java.io.IOException e) {
                    // Gone: there is nobody to tell.
                    getLog().debug("a slow sender could not be told", e);
                }
            }
            setErrorState(ErrorState.CLOSE_NOW, null);
        }

        /** After an answer: what is left of the request's body, which the container would wait for without an end. */
        void finish() {
            boolean body = request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
            if (body && !getErrorState().isError() && !request.hasExpectation() && !isAsync() && !pace.finish()) {
                disableSwallowRequest();
                setErrorState(ErrorState.CLOSE_CLEAN, null);
            }
        }
    }

    /** Passes requests on, each with a time for its body. */
    private final class Finishing implements Adapter {
        private final Adapter adapter;
        private @Nullable Refusing processor;

        Finishing(Adapter adapter) {
            this.adapter = adapter;
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            Refusing connection = java.util.Objects.requireNonNull(processor);
            connections.headIsWhole(connection.socket());
            connection.pace.restart();
            adapter.service(request, response);
            connection.finish();
        }

        @Override
        public boolean prepare(Request request, Response response) throws Exception {
            return adapter.prepare(request, response);
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
            return adapter.asyncDispatch(request, response, status);
        }

        @Override
        public void log(Request request, Response response, long time) {
            adapter.log(request, response, time);
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            adapter.checkRecycled(request, response);
        }

        @Override
        public String getDomain() {
            return adapter.getDomain();
        }
    }
}
