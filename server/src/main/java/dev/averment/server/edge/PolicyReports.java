package dev.averment.server.edge;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Takes in what browsers report of violations of the content policy (CSP 3 §5, Reporting API; ASVS 3.4.7). Anybody can send
 * such a report, and it may hold addresses of pages, so of each nothing is kept but which directive it is about: one counter a
 * directive, and one line of the log a window.
 *
 * <p>Stands before {@link CrossOriginRefusal}: a page without referrer sends its reports from no origin, and they change nothing.
 */
public final class PolicyReports extends OncePerRequestFilter {
    /** Where reports go. */
    public static final String PATH = "/reports/content-policy";

    /** What every content policy ends with; {@link #ENDPOINTS} says where the name leads. */
    public static final String DIRECTIVES = "; report-uri " + PATH + "; report-to content-policy";

    /** Value of {@code Reporting-Endpoints}. */
    static final String ENDPOINTS = "content-policy=\"" + PATH + "\"";

    static final Duration WINDOW = Duration.ofMinutes(10);

    /** Reports of one window that are read; the others are refused. */
    static final int MOST = 1_000;

    /** Bytes of one that are read. */
    static final int LONGEST = 16 << 10;

    private static final Set<String> DIRECTIVE_NAMES = Set.of(
            "base-uri",
            "connect-src",
            "default-src",
            "font-src",
            "form-action",
            "frame-ancestors",
            "frame-src",
            "img-src",
            "manifest-src",
            "media-src",
            "object-src",
            "script-src",
            "script-src-attr",
            "script-src-elem",
            "style-src",
            "style-src-attr",
            "style-src-elem",
            "worker-src");

    private static final Pattern DIRECTIVE =
            Pattern.compile("\"(?:effective-directive|effectiveDirective)\"\\s*:\\s*\"([a-z-]{1,30})\"");
    private static final Logger LOG = LoggerFactory.getLogger(PolicyReports.class);

    private final InstantSource clock;
    private final Map<String, Long> counted = new TreeMap<>();
    private Instant began = Instant.EPOCH;
    private int taken;

    public PolicyReports(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().equals(PATH) || !request.getMethod().equals("POST");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LONGEST) {
            Problems.write(
                    response,
                    413,
                    "body-too-large",
                    "The report is too large",
                    "Reports have at most " + LONGEST + " bytes here.");
            return;
        }
        if (!admit()) {
            Problems.write(
                    response,
                    429,
                    "too-many-requests",
                    "There are too many reports",
                    "At most " + MOST + " within " + WINDOW.toMinutes()
                            + " minutes are taken; send no more of them now.");
            return;
        }
        // What is cut off of a longer one that did not say so is not missed: only the first directive counts.
        count(new String(request.getInputStream().readNBytes(LONGEST), StandardCharsets.UTF_8));
        response.setStatus(204);
    }

    private synchronized boolean admit() {
        Instant now = clock.instant();
        if (!now.isBefore(began.plus(WINDOW))) {
            if (!counted.isEmpty()) {
                LOG.warn(
                        "Browsers reported violations of the content policy since {}: {}",
                        began,
                        counted.entrySet().stream()
                                .map(e -> e.getKey() + " " + e.getValue())
                                .collect(Collectors.joining(", ")));
            }
            counted.clear();
            began = now;
            taken = 0;
        }
        return taken++ < MOST;
    }

    private synchronized void count(String report) {
        Matcher directive = DIRECTIVE.matcher(report);
        String name = directive.find() && DIRECTIVE_NAMES.contains(directive.group(1)) ? directive.group(1) : "other";
        counted.merge(name, 1L, Long::sum);
        if (taken == 1) {
            LOG.warn(
                    "A browser reports a violation of the content policy: {}. Others of the next {} minutes are counted, and"
                            + " told when they are over.",
                    name,
                    WINDOW.toMinutes());
        }
    }

    /** How many reports of the running window are about each directive. */
    synchronized Map<String, Long> counted() {
        return Map.copyOf(counted);
    }
}
