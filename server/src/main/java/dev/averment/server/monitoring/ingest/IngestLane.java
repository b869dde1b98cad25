package dev.averment.server.monitoring.ingest;

import dev.averment.server.edge.ClientAddress;
import dev.averment.server.monitoring.ingest.GroupCommit.Unavailable;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers everything below {@code /ping/} and {@code /ingest/} by itself and passes nothing on: what comes here meets neither
 * the chain of credentials nor the framework, and everything else meets both as before. It stands behind the answers' headers,
 * the rule that all is said over TLS, and the one that paths are written plainly.
 */
public final class IngestLane implements Filter {
    /** What the filter is mapped to. */
    public static final List<String> PATTERNS = List.of("/ping/*", "/ingest/*");

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._-]{1,200})");
    private static final Duration SOON = Duration.ofSeconds(5);

    /**
     * Requests that may wait here at once. The container has 200 threads: the others go on to serve pages while the database
     * stands still.
     */
    static final int SEATS = 160;

    private static final int AGENT = 200;
    private static final Logger log = LoggerFactory.getLogger(IngestLane.class);

    private final PingEntry pings;
    private final RunEntry runs;
    private final ClientAddress addresses;
    private final Semaphore seats = new Semaphore(SEATS);

    IngestLane(PingEntry pings, RunEntry runs, ClientAddress addresses) {
        this.pings = pings;
        this.runs = runs;
        this.addresses = addresses;
    }

    static Optional<String> bearer(@Nullable String authorization) {
        if (authorization == null) {
            return Optional.empty();
        }
        Matcher form = BEARER.matcher(authorization);
        return form.matches() ? Optional.of(form.group(1)) : Optional.empty();
    }

    @Override
    public void doFilter(ServletRequest in, ServletResponse out, FilterChain chain) throws IOException {
        var request = (HttpServletRequest) in;
        var response = (HttpServletResponse) out;
        boolean ping = request.getRequestURI().startsWith("/ping");
        boolean seated = seats.tryAcquire();
        try {
            if (!seated) {
                throw new Unavailable("too many wait already");
            }
            answer(request, response, ping).send(response);
        } catch (Output.TooLong e) {
            Reply.text(413, "too long: at most " + Output.MOST + " bytes").send(response);
        } catch (Unavailable e) {
            log.warn("a signal was not taken: {}", e.getMessage());
            (ping
                            ? Reply.later(503, "try again later", SOON)
                            : RunEntry.later(503, "unavailable", "The event was not taken", SOON))
                    .send(response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            Reply.later(503, "try again later", SOON).send(response);
        } catch (RuntimeException e) {
            // Nothing may get out of here: the container's page for errors would pass it on to the framework.
            log.error("a signal could not be handled", e);
            Reply.later(500, "the server failed", SOON).send(response);
        } finally {
            if (seated) {
                seats.release();
            }
        }
    }

    private Reply answer(HttpServletRequest request, HttpServletResponse response, boolean ping)
            throws IOException, InterruptedException, Unavailable {
        if (!ping) {
            return runs.answer(request, response, client(request));
        }
        if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD, POST");
            return Reply.text(405, "method not allowed");
        }
        return pings.answer(request, response, client(request));
    }

    private Signal.Client client(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return new Signal.Client(
                request.getMethod().length() > 10 ? "other" : request.getMethod(),
                request.getScheme(),
                addresses.of(request),
                agent == null ? "" : printable(agent));
    }

    private static String printable(String text) {
        String plain = text.chars()
                .limit(AGENT)
                .map(c -> c < ' ' || c == 127 || Character.isSurrogate((char) c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain;
    }
}
