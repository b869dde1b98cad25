package dev.averment.server.healthchecks;

import dev.averment.evidence.json.JsonNull;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.monitoring.Monitor;
import dev.averment.server.monitoring.MonitorState;
import dev.averment.server.monitoring.Monitors;
import dev.averment.server.monitoring.Ping;
import dev.averment.server.monitoring.PingHistory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A monitor, its pings and flips as Healthchecks writes a check and its. */
final class CheckJson {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MICROS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** A run that took longer is taken for one whose end was not seen. */
    private static final Duration LONGEST = Duration.ofHours(72);

    private static final List<String> KINDS = List.of("success", "start", "fail", "log", "ign");

    private final URI base;

    /** @param base address under which people reach the server */
    CheckJson(URI base) {
        this.base = base;
    }

    /**
     * A check. A key that may only read is not shown what would let it ping.
     *
     * @param channels ids of those that hear of it
     */
    JsonObject of(Monitors.Seen seen, PingHistory.Latest latest, String channels) {
        Monitor m = seen.monitor();
        JsonObject check = JsonObject.of(
                        "name", m.name(),
                        "slug", m.slug(),
                        "tags", String.join(" ", m.tags()),
                        "desc", m.description(),
                        "grace", m.grace().toSeconds(),
                        "n_pings", seen.pings(),
                        "status", status(seen.state().state()),
                        "started", latest.running(),
                        "last_ping", at(seen.heardAt()),
                        "next_ping", next(seen),
                        "manual_resume", m.manualResume(),
                        "methods", m.postOnly() ? "POST" : "")
                .with("subject", "")
                .with("subject_fail", "")
                .with("start_kw", "")
                .with("success_kw", "")
                .with("failure_kw", "")
                .with("filter_subject", false)
                .with("filter_body", false)
                .with("filter_http_body", false)
                .with("filter_default_fail", false)
                .with("badge_url", JsonNull.NULL);
        if (latest.took().isPresent() && latest.took().get().compareTo(LONGEST) <= 0) {
            check = check.with("last_duration", latest.took().get().toSeconds());
        }
        check = m.plan().expression() == null
                ? check.with("timeout", Objects.requireNonNull(m.plan().every()).toSeconds())
                : check.with("schedule", m.plan().expression())
                        .with("tz", m.plan().zone());
        if (!seen.secrets()) {
            return check.with("unique_key", uniqueKey(m.pingId()));
        }
        String update = base + "/api/v3/checks/" + m.pingId();
        return check.with("uuid", m.pingId().toString())
                .with("ping_url", base + "/ping/" + m.pingId())
                .with("update_url", update)
                .with("pause_url", update + "/pause")
                .with("resume_url", update + "/resume")
                .with("channels", channels);
    }

    /** A monitor of which nobody knows is one of which nothing was heard. */
    static String status(MonitorState state) {
        return switch (state) {
            case NEW, UNKNOWN -> "new";
            case UP -> "up";
            case LATE -> "grace";
            case DOWN -> "down";
            case PAUSED -> "paused";
        };
    }

    private static Object next(Monitors.Seen seen) {
        return seen.state().state() == MonitorState.PAUSED
                ? JsonNull.NULL
                : at(seen.state().due());
    }

    private static Object at(@Nullable Instant instant) {
        return instant == null ? JsonNull.NULL : SECONDS.format(instant);
    }

    /**
     * The name of a check for who must not know its address. Healthchecks takes SHA-1 of the first half of the id; nobody who
     * reads it can tell what it is made of, so it is the beginning of a SHA-256 here, of the same length.
     */
    static String uniqueKey(UUID pingId) {
        try {
            String half = pingId.toString().replace("-", "").substring(0, 16);
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256").digest(half.getBytes(StandardCharsets.US_ASCII)),
                            0,
                            20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Newest first, as they come; the end of a run says how long it took, when its start is among them. */
    JsonObject pings(Monitor monitor, List<Ping> newest) {
        var started = new HashMap<String, Instant>();
        var all = new java.util.ArrayDeque<JsonObject>();
        for (Ping ping : newest.reversed()) {
            String run = Objects.toString(ping.rid(), "");
            JsonObject json = JsonObject.of(
                    "type", KINDS.get(ping.kind()),
                    "date", MICROS.format(ping.at()),
                    "n", ping.n(),
                    "scheme", ping.scheme(),
                    "remote_addr", ping.address(),
                    "method", ping.method(),
                    "ua", ping.agent(),
                    "rid", ping.rid() == null ? JsonNull.NULL : ping.rid().toString(),
                    "body_url",
                            ping.bodyDigest() == null
                                    ? JsonNull.NULL
                                    : base + "/api/v3/checks/" + monitor.pingId() + "/pings/" + ping.n() + "/body");
            if (ping.kind() == Ping.START) {
                started.put(run, ping.at());
            } else if (ping.kind() == Ping.SUCCESS || ping.kind() == Ping.FAIL) {
                Instant start = started.remove(run);
                if (start != null && Duration.between(start, ping.at()).compareTo(LONGEST) <= 0) {
                    json = json.with("duration", hundredths(Duration.between(start, ping.at())));
                }
            }
            all.addFirst(json);
        }
        return JsonObject.of("pings", List.copyOf(all));
    }

    private static double hundredths(Duration time) {
        return Math.round(time.toNanos() / 1e7) / 100.0;
    }

    static JsonObject flips(List<PingHistory.Flip> flips) {
        return JsonObject.of(
                "flips",
                flips.stream()
                        .map(f -> JsonObject.of(
                                "timestamp",
                                SECONDS.format(f.at().truncatedTo(ChronoUnit.SECONDS)),
                                "up",
                                f.up() ? 1L : 0L))
                        .toList());
    }

    /** What Healthchecks calls the kinds of channels. */
    static String kind(String kind) {
        return Map.of("teams", "msteamsw", "pagerduty", "pd").getOrDefault(kind, kind);
    }
}
