package dev.averment.server.healthchecks;

import dev.averment.evidence.json.Json;
import dev.averment.evidence.json.JsonException;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.identity.Outcome;
import dev.averment.server.monitoring.Monitor;
import dev.averment.server.monitoring.Monitors;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a body of Healthchecks' interface asks for, as members of a monitor. Members that nobody knows are passed over. */
final class CheckSpec {
    private static final int LEAST = 60;
    private static final int MOST = 31_536_000;
    private static final List<String> UNIQUE = List.of("name", "slug", "tags", "timeout", "grace");

    /** Of Healthchecks, and nothing that monitors have. */
    private static final List<String> WORDS =
            List.of("start_kw", "success_kw", "failure_kw", "subject", "subject_fail");

    private static final List<String> FILTERS =
            List.of("filter_subject", "filter_body", "filter_http_body", "filter_default_fail");

    private final JsonObject body;

    private CheckSpec(JsonObject body) {
        this.body = body;
    }

    /** A body that can't be taken; the message is Healthchecks' where it has one. */
    static final class Wrong extends Exception {
        private static final long serialVersionUID = 1L;

        Wrong(String message) {
            super(message);
        }

        static Wrong member(String message) {
            return new Wrong("json validation error: " + message);
        }
    }

    /** @throws Wrong when a member is not of its type, or out of bounds */
    static CheckSpec read(byte[] body) throws Wrong {
        JsonObject json;
        try {
            json = body.length == 0 ? JsonObject.of() : Json.parseObject(body);
        } catch (JsonException e) {
            throw new Wrong("could not parse request body");
        }
        var spec = new CheckSpec(json);
        spec.check();
        return spec;
    }

    private void check() throws Wrong {
        text("name", 100);
        text("desc", 2_000);
        text("tags", 500);
        Optional<String> slug = text("slug", 100);
        if (slug.isPresent() && !slug.get().matches("[a-z0-9-_]*")) {
            throw Wrong.member("slug does not match pattern");
        }
        seconds("timeout");
        seconds("grace");
        flag("manual_resume");
        if (!List.of("", "POST").contains(text("methods", 4).orElse(""))) {
            throw Wrong.member("methods has unexpected value");
        }
        String tz = text("tz", 64).orElse("UTC");
        try {
            ZoneId.of(tz);
        } catch (DateTimeException e) {
            throw Wrong.member("tz is not a valid timezone");
        }
        Optional<String> schedule = text("schedule", 100);
        if (schedule.isPresent()
                && Monitors.ahead(Monitor.Plan.at(schedule.get(), tz), Instant.EPOCH, 0)
                        instanceof Outcome.Refused<List<Instant>>) {
            throw Wrong.member("schedule is not a valid cron or OnCalendar expression");
        }
        for (String word : WORDS) {
            if (!text(word, 200).orElse("").isEmpty()) {
                throw Wrong.member(word + " is not supported here: let the job say how it ended");
            }
        }
        for (String filter : FILTERS) {
            if (flag(filter).orElse(false)) {
                throw Wrong.member(filter + " is not supported here: let the job say how it ended");
            }
        }
        if (!List.of("", "*").contains(text("channels", 2_000).orElse(""))) {
            throw Wrong.member(
                    "channels can't be chosen for one check here: every channel of the workspace hears of it."
                            + " Write \"*\"");
        }
        unique();
    }

    private Optional<String> text(String member, int most) throws Wrong {
        try {
            if (!body.has(member)) {
                return Optional.empty();
            }
            String text = body.string(member);
            if (text.length() > most) {
                throw Wrong.member(member + " is too long");
            }
            return Optional.of(text);
        } catch (JsonException e) {
            throw Wrong.member(member + " is not a string");
        }
    }

    private Optional<Long> seconds(String member) throws Wrong {
        try {
            if (!body.has(member)) {
                return Optional.empty();
            }
            long value = body.integer(member);
            if (value < LEAST || value > MOST) {
                throw Wrong.member(member + (value < LEAST ? " is too small" : " is too large"));
            }
            return Optional.of(value);
        } catch (JsonException e) {
            throw Wrong.member(member + " is not a number");
        }
    }

    private Optional<Boolean> flag(String member) throws Wrong {
        try {
            return body.has(member) ? Optional.of(body.bool(member)) : Optional.empty();
        } catch (JsonException e) {
            throw Wrong.member(member + " is not a boolean");
        }
    }

    private List<String> unique() throws Wrong {
        try {
            List<String> fields = body.has("unique") ? body.array("unique").strings() : List.of();
            if (!UNIQUE.containsAll(fields)) {
                throw Wrong.member("unique contains unexpected value");
            }
            return fields;
        } catch (JsonException e) {
            throw Wrong.member("unique is not an array");
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(w -> !w.isEmpty())
                .toList();
    }

    /** Whether a monitor is the one that a creation would make a second time. */
    boolean same(Monitor monitor) throws Wrong {
        List<String> fields = unique();
        for (String field : fields) {
            boolean equal = switch (field) {
                case "name" -> text(field, 100).filter(monitor.name()::equals).isPresent();
                case "slug" -> text(field, 100).filter(monitor.slug()::equals).isPresent();
                case "tags" ->
                    text(field, 500)
                            .filter(t -> words(t).equals(monitor.tags()))
                            .isPresent();
                case "timeout" ->
                    seconds(field)
                            .filter(s -> monitor.plan().every() != null
                                    && monitor.plan().every().toSeconds() == s)
                            .isPresent();
                default ->
                    seconds(field).filter(s -> monitor.grace().toSeconds() == s).isPresent();
            };
            if (!equal) {
                return false;
            }
        }
        return !fields.isEmpty();
    }

    /** A whole monitor: what was left out is as Healthchecks has it. */
    JsonObject created() throws Wrong {
        JsonObject monitor = changes();
        if (!monitor.has("name")) {
            monitor = monitor.with(
                    "name", text("slug", 100).filter(s -> !s.isEmpty()).orElse("unnamed"));
        }
        if (!monitor.has("slug")) {
            monitor = monitor.with("slug", "");
        }
        if (!monitor.has("everySeconds") && !monitor.has("schedule")) {
            monitor = monitor.with("everySeconds", 86_400L);
        }
        return monitor.has("graceSeconds")
                ? monitor
                : monitor.with("graceSeconds", 3_600L).with("maxRunSeconds", 3_600L);
    }

    /** What a monitor is to be from now on; a schedule wins over a timeout, and a run may take as long as the grace. */
    JsonObject changes() throws Wrong {
        JsonObject monitor = JsonObject.of();
        Optional<String> name = text("name", 100).filter(n -> !n.isBlank());
        if (name.isPresent()) {
            monitor = monitor.with("name", name.get());
        }
        for (var each :
                List.of(List.of("slug", "slug"), List.of("desc", "description"), List.of("methods", "methods"))) {
            Optional<String> text = text(each.getFirst(), 2_000);
            if (text.isPresent()) {
                monitor = monitor.with(each.getLast(), text.get());
            }
        }
        Optional<String> tags = text("tags", 500);
        if (tags.isPresent()) {
            monitor = monitor.with("tags", words(tags.get()));
        }
        Optional<String> schedule = text("schedule", 100);
        Optional<Long> timeout = seconds("timeout");
        if (schedule.isPresent()) {
            monitor = monitor.with("schedule", schedule.get());
        } else if (timeout.isPresent()) {
            monitor = monitor.with("everySeconds", timeout.get());
        }
        Optional<String> tz = text("tz", 64);
        if (tz.isPresent()) {
            monitor = monitor.with("timeZone", tz.get());
        }
        Optional<Long> grace = seconds("grace");
        if (grace.isPresent()) {
            monitor = monitor.with("graceSeconds", grace.get()).with("maxRunSeconds", grace.get());
        }
        Optional<Boolean> manual = flag("manual_resume");
        return manual.isPresent() ? monitor.with("manualResume", manual.get()) : monitor;
    }
}
