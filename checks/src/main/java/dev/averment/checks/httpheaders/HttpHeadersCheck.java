package dev.averment.checks.httpheaders;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code http-headers}. */
public final class HttpHeadersCheck implements CheckType {

    @Override
    public String name() {
        return "http-headers";
    }

    @Override
    public String description() {
        return "Asks every route as a program and as a browser do, a path that does not exist, with methods that are not allowed and in"
                + " malformed requests, and notes the security headers of each answer and what plain HTTP gets.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting("paths", Kind.LIST, false, "Paths to ask for beside the target's own routes."),
                        new Setting("headers", Kind.LIST, false, "Names of further headers to write down.")),
                List.of(
                        new Setting(
                                "headers",
                                Kind.MAP,
                                false,
                                "Header name to present, absent, or a text in which * stands for anything."),
                        new Setting(
                                "hsts",
                                Kind.MAP,
                                false,
                                "Strict-Transport-Security: minAge, a duration; subdomains and preload, true when they must be"
                                        + " included."),
                        new Setting("plain", Kind.TEXT, false, "What plain HTTP must be: refused-or-redirected.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Methods other than GET and HEAD are sent without credentials and with an empty body: what is seen is the"
                        + " headers of their refusal.",
                "Two browsers and a program ask; an answer that is different for another client, address or time is not seen.",
                "Answers that need particular input, such as an error deep in a form, are not provoked.",
                "Whether a header's policy is a good one is judged only as far as the expectation says.");
    }

    @Override
    public Collector collector() {
        return new HttpHeadersCollector();
    }

    @Override
    public Judge judge() {
        return new HttpHeadersJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        SettingReader reader = new SettingReader(expect);
        Map<String, Object> tls = new LinkedHashMap<>();
        LinkedHashSet<String> recorded = new LinkedHashSet<>(HttpHeadersCollector.RECORDED);
        tls.put("kind", "tls");
        tls.put("routes", List.of("GET /", "POST /api/items"));
        try {
            reader.entries("headers").forEach((name, pattern) -> {
                recorded.add(name.toLowerCase(Locale.ROOT));
                if (!pattern.equals("absent")) {
                    tls.put(name.toLowerCase(Locale.ROOT), pattern.toString().replace("*", "x"));
                }
            });
            if (reader.has("hsts")) {
                Duration least = reader.map("hsts").duration("minAge").orElse(Duration.ofDays(365));
                tls.put(
                        "strict-transport-security",
                        "max-age=" + Math.max(1, least.toSeconds()) + "; includeSubDomains; preload");
            }
        } catch (CollectException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        return new Facts(
                now,
                List.of(
                        new Subject("GET / and 1 more", tls),
                        new Subject(
                                "plain HTTP on the TLS port",
                                Map.of(
                                        "kind",
                                        "plain",
                                        "outcome",
                                        "refused",
                                        "routes",
                                        List.of("plain HTTP on the TLS port")))),
                Map.of("routes", 2L, "recorded", List.copyOf(recorded), "malformedAnswered", true));
    }
}
