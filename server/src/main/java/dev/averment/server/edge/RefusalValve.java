package dev.averment.server.edge;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers for what the listener refuses before any filter sees it: a request line that is none, an encoded slash or NUL in
 * the path, headers that are too long. The same headers and the same kind of body as everywhere else, and no word about
 * the server's make.
 */
final class RefusalValve extends ErrorReportValve {
    private static final Logger log = LoggerFactory.getLogger(RefusalValve.class);

    private final String hsts;

    RefusalValve(String hsts) {
        this.hsts = hsts;
        setShowReport(false);
        setShowServerInfo(false);
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        AnswerHeaders.set(hsts, request.isSecure(), response);
        try {
            Problems.write(response, status);
            response.finishResponse();
        } catch (IOException e) {
            log.debug("a refusal could not be sent: the other side is gone", e);
        }
    }
}
