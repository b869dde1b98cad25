package dev.averment.server.edge;

import java.util.Map;
import org.apache.coyote.Adapter;
import org.apache.coyote.ErrorState;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 as Tomcat speaks it, but for one thing: what it refuses before there is a request, such as a malformed request
 * line, passes no filter and no valve, and gets the headers here.
 */
public final class EdgeProtocol extends Http11NioProtocol {
    private volatile Map<String, String> headers = Map.of();

    /** @param headers of every answer that no filter sees */
    void refuseWith(Map<String, String> headers) {
        this.headers = Map.copyOf(headers);
    }

    /** What {@link #refuseWith} set. */
    Map<String, String> refusalHeaders() {
        return headers;
    }

    @Override
    protected Processor createProcessor() {
        return new Refusing(this, getAdapter());
    }

    private final class Refusing extends Http11Processor {
        Refusing(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
            super(protocol, adapter);
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
    }
}
