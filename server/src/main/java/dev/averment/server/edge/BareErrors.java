package dev.averment.server.edge;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * The last resort for an error that the application could not answer itself: a problem without a trace, a version or a
 * name of software, which Tomcat's own page would show to whoever provokes an error (CWE-209).
 */
public final class BareErrors extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, @Nullable Throwable cause) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (request.getConnector().getProtocolHandler() instanceof EdgeProtocol protocol) {
            protocol.refusalHeaders().forEach(response::setHeader);
        }
        try {
            if (status == 501) {
                // CONNECT and the like, which the container refuses before anything of ours: the asker's mistake.
                response.setHeader("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE");
                Problems.write(response, 405);
                response.finishResponse();
                return;
            }
            Problems.write(
                    response,
                    status,
                    status < 500 ? "refused" : "broken",
                    status < 500 ? "The request was refused" : "Something broke here",
                    status < 500
                            ? "The request is not one that this server understands; check its address and form."
                            : "It was not your request's fault. Try again; if it stays, tell the operator the time.");
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            // Whoever asked is gone, or the answer has begun: there is nobody left to tell.
            container.getLogger().debug("an error's answer could not be sent", e);
        }
    }
}
