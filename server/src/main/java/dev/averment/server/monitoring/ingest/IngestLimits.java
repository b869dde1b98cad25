package dev.averment.server.monitoring.ingest;

import dev.averment.claims.Durations;
import dev.averment.claims.Page;
import dev.averment.server.limits.Limit;
import dev.averment.server.limits.Limits;
import dev.averment.server.limits.Limits.Decision;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often one monitor may be pinged: as {@code policy.limits.ingest-monitor} of the operator's page says. */
public final class IngestLimits {
    static final Limit MONITOR = new Limit("ingest-monitor", 120, Duration.ofMinutes(1));

    private static final Pattern RATE = Pattern.compile("(\\d{1,9})/(\\S+)");

    private final Limits limits;
    private final Limit monitor;

    public IngestLimits(Limits limits, Limit monitor) {
        this.limits = limits;
        this.monitor = monitor;
    }

    /** @throws IllegalArgumentException when the page states a rate that is none */
    public static IngestLimits of(Limits limits, Page page) {
        if (page.policy().get("limits") instanceof Map<?, ?> stated && stated.get(MONITOR.name()) != null) {
            String rate = String.valueOf(stated.get(MONITOR.name()));
            Matcher parts = RATE.matcher(rate);
            Optional<Duration> window = parts.matches() ? Durations.parse(parts.group(2)) : Optional.empty();
            if (window.isEmpty()) {
                throw new IllegalArgumentException(
                        "policy.limits." + MONITOR.name() + " is \"" + rate + "\", which is no rate such as 120/1m");
            }
            return new IngestLimits(limits, new Limit(MONITOR.name(), Integer.parseInt(parts.group(1)), window.get()));
        }
        return new IngestLimits(limits, MONITOR);
    }

    /** How long to wait; empty when it may be now. */
    Optional<Duration> take(String monitorAsNamed) {
        return limits.take(monitor, monitorAsNamed) instanceof Decision.Refused refused
                ? Optional.of(refused.retryAfter())
                : Optional.empty();
    }
}
