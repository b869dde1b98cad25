package dev.averment.server.edge;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/**
 * Strict-Transport-Security on what no filter ever sees: a request that the listener itself refuses, such as one whose first
 * line is no HTTP. A browser counts that answer as much as any other (RFC 6797, section 7.1).
 */
final class TransportHeader extends ValveBase {
    private final String hsts;

    TransportHeader(EdgePolicy policy) {
        super(true);
        this.hsts = policy.hstsHeader();
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (request.getConnector().getSecure()) {
            response.setHeader("Strict-Transport-Security", hsts);
        }
        getNext().invoke(request, response);
    }
}
