package dev.averment.server.monitoring;

import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonNull;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.monitoring.schedule.ScheduleException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A monitor as JSON: what people write and what they read. */
final class MonitorForm {
    private static final Set<String> MEMBERS = Set.of(
            "name",
            "slug",
            "tags",
            "description",
            "schedule",
            "timeZone",
            "everySeconds",
            "graceSeconds",
            "maxRunSeconds",
            "minRunSeconds",
            "failuresAllowed",
            "mutedUntil",
            "methods",
            "manualResume",
            "ingest",
            "requiredMetrics",
            "dependsOn");
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration USUAL_GRACE = Duration.ofHours(1);
    private static final int TAGS = 20;
    private static final int DEPENDENCIES = 50;

    private MonitorForm() {}

    /** Something that can't be taken; the message says what, and what to write instead. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }
    }

    /** A monitor and what it depends on. */
    record Filled(Monitor monitor, List<UUID> dependsOn) {
        Filled {
            dependsOn = List.copyOf(dependsOn);
        }
    }

    /** The members that people write, of a monitor as it is. */
    static JsonObject written(Monitor m, List<UUID> dependsOn) {
        return JsonObject.of(
                "name", m.name(),
                "slug", m.slug(),
                "tags", m.tags(),
                "description", m.description(),
                "schedule", m.plan().expression(),
                "timeZone", m.plan().zone(),
                "everySeconds", seconds(m.plan().every()),
                "graceSeconds", m.grace().toSeconds(),
                "maxRunSeconds", seconds(m.maxRun()),
                "minRunSeconds", seconds(m.minRun()),
                "failuresAllowed", (long) m.failuresAllowed(),
                "mutedUntil", m.mutedUntil() == null ? null : m.mutedUntil().toString(),
                "methods", m.postOnly() ? "POST" : "",
                "manualResume", m.manualResume(),
                "ingest", m.tokenOnly() ? "token" : "open",
                "requiredMetrics", m.requiredMetrics(),
                "dependsOn", dependsOn.stream().map(UUID::toString).toList());
    }

    private static @Nullable Long seconds(@Nullable Duration time) {
        return time == null ? null : time.toSeconds();
    }

    /** {@code changes} laid over {@code was}; a schedule replaces an interval and the other way about. */
    static JsonObject over(JsonObject was, JsonObject changes) throws Wrong {
        JsonObject all = was;
        for (var member : changes.members().entrySet()) {
            if (!MEMBERS.contains(member.getKey())) {
                throw new Wrong("A monitor has no \"" + member.getKey() + "\".");
            }
            if (member.getKey().equals("schedule")) {
                all = all.without("everySeconds");
            } else if (member.getKey().equals("everySeconds")) {
                all = all.without("schedule");
            }
            all = member.getValue() instanceof JsonNull
                    ? all.without(member.getKey())
                    : all.with(member.getKey(), member.getValue());
        }
        return all;
    }

    /** Reads a whole monitor. */
    static Filled read(JsonObject json, UUID workspace, UUID id, UUID pingId, Instant madeAt) throws Wrong {
        try {
            json.requireOnly(MEMBERS);
            String name = text(json, "name", 100).orElse("");
            if (name.isBlank()) {
                throw new Wrong("A monitor needs a name of 1 to 100 characters.");
            }
            String slug = text(json, "slug", 100).orElseGet(() -> slug(name));
            if (!slug.matches("[a-z0-9_-]*")) {
                throw new Wrong("A slug is small letters, digits, hyphens and underscores.");
            }
            Optional<Duration> every = duration(json, "everySeconds", 1);
            Optional<String> expression = text(json, "schedule", 100);
            if (every.isPresent() == expression.isPresent()) {
                throw new Wrong("A monitor has either everySeconds or a schedule.");
            }
            var plan = new Monitor.Plan(
                    expression.orElse(null), text(json, "timeZone", 64).orElse("UTC"), every.orElse(null));
            try {
                plan.read();
            } catch (ScheduleException e) {
                throw new Wrong(String.valueOf(e.getMessage()));
            }
            long allowed = json.has("failuresAllowed") ? json.integer("failuresAllowed") : 0;
            if (allowed < 0 || allowed > 100) {
                throw new Wrong("failuresAllowed is between 0 and 100.");
            }
            var monitor = new Monitor(
                    workspace,
                    id,
                    pingId,
                    slug,
                    name.strip(),
                    words(json, "tags", "[^\\s]{1,50}", TAGS),
                    text(json, "description", 2_000).orElse(""),
                    plan,
                    duration(json, "graceSeconds", 0).orElse(USUAL_GRACE),
                    duration(json, "maxRunSeconds", 1).orElse(null),
                    duration(json, "minRunSeconds", 1).orElse(null),
                    (int) allowed,
                    instant(json, "mutedUntil").orElse(null),
                    one(json, "methods", "", "POST").equals("POST"),
                    json.has("manualResume") && json.bool("manualResume"),
                    one(json, "ingest", "open", "token").equals("token"),
                    words(json, "requiredMetrics", "[a-z][a-z0-9_]{0,62}", 15),
                    madeAt);
            return new Filled(monitor, dependsOn(json, id));
        } catch (JsonException e) {
            throw new Wrong("This is no monitor: " + e.getMessage() + ".");
        }
    }

    private static Optional<String> text(JsonObject json, String member, int most) throws JsonException, Wrong {
        Optional<String> text = json.optionalString(member);
        if (text.isPresent()
                && (text.get().length() > most
                        || text.get().chars().anyMatch(c -> c < ' ' && c != '\n' && c != '\t' || c == 127))) {
            throw new Wrong(member + " is a text of at most " + most + " characters that can be seen.");
        }
        return text;
    }

    private static Optional<Duration> duration(JsonObject json, String member, long least) throws JsonException, Wrong {
        if (!json.has(member)) {
            return Optional.empty();
        }
        long seconds = json.integer(member);
        if (seconds < least || seconds > YEAR.toSeconds()) {
            throw new Wrong(member + " is between " + least + " and " + YEAR.toSeconds() + " seconds.");
        }
        return Optional.of(Duration.ofSeconds(seconds));
    }

    private static Optional<Instant> instant(JsonObject json, String member) throws JsonException, Wrong {
        Optional<String> text = json.optionalString(member);
        try {
            Optional<Instant> instant = text.map(Instant::parse);
            if (instant.isPresent()
                    && (instant.get().isBefore(Instant.EPOCH)
                            || instant.get().isAfter(Instant.parse("9999-01-01T00:00:00Z")))) {
                throw new Wrong(member + " is a time before the year 9999.");
            }
            return instant;
        } catch (DateTimeException e) {
            throw new Wrong(member + " is a time in UTC, such as 2026-11-25T06:00:00Z.");
        }
    }

    private static String one(JsonObject json, String member, String usual, String other) throws JsonException, Wrong {
        String value = json.optionalString(member).orElse(usual);
        if (!value.equals(usual) && !value.equals(other)) {
            throw new Wrong(member + " is \"" + usual + "\" or \"" + other + "\".");
        }
        return value;
    }

    private static List<String> words(JsonObject json, String member, String form, int most)
            throws JsonException, Wrong {
        List<String> words = json.has(member) ? json.array(member).strings() : List.of();
        if (words.size() > most
                || words.stream().distinct().count() != words.size()
                || words.stream().anyMatch(word -> !word.matches(form))
                || String.join(" ", words).length() > (most == TAGS ? 500 : 1_000)) {
            throw new Wrong(member + " are at most " + most + " different words.");
        }
        return words;
    }

    private static List<UUID> dependsOn(JsonObject json, UUID self) throws JsonException, Wrong {
        List<UUID> ids = new ArrayList<>();
        for (String text : json.has("dependsOn") ? json.array("dependsOn").strings() : List.<String>of()) {
            try {
                ids.add(UUID.fromString(text));
            } catch (IllegalArgumentException e) {
                throw new Wrong("dependsOn are ids of monitors.");
            }
        }
        if (ids.size() > DEPENDENCIES || ids.contains(self)) {
            throw new Wrong("A monitor depends on at most " + DEPENDENCIES + " others, and not on itself.");
        }
        return ids;
    }

    /** As Healthchecks makes one of a name: small letters and digits, a hyphen for what is between them. */
    static String slug(String name) {
        String plain = java.text.Normalizer.normalize(name, java.text.Normalizer.Form.NFKD)
                .toLowerCase(java.util.Locale.ROOT)
                .replaceAll("[^a-z0-9_\\s-]", "")
                .strip()
                .replaceAll("[-\\s]+", "-")
                .replaceAll("^[-_]+|[-_]+$", "");
        return plain.length() > 100 ? plain.substring(0, 100) : plain;
    }
}
