package dev.averment.server.console.flow;

import dev.averment.evidence.json.JsonNull;
import dev.averment.evidence.json.JsonObject;
import dev.averment.server.console.Form;
import dev.averment.server.console.Sheet;
import dev.averment.server.identity.Outcome;
import dev.averment.server.identity.Refusal;
import dev.averment.server.monitoring.Monitor;
import dev.averment.server.monitoring.Monitors;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A workflow as its form shows it, and the form as the interface takes it. */
final class MonitorSheet {
    private static final int AHEAD = 5;
    private static final String[] FIELDS = {"name", "schedule", "zone", "grace", "most", "least", "failures", "tags"};
    private static final List<String> TICKS = List.of("token", "post", "manual");

    private MonitorSheet() {}

    /** What is typed into the form of a workflow that is there. */
    static Sheet of(Sheet sheet, Monitors.Seen found) {
        Monitor m = found.monitor();
        var ticked = new ArrayList<String>();
        found.dependsOn().forEach(id -> ticked.add(id.toString()));
        if (m.tokenOnly()) {
            ticked.add("token");
        }
        if (m.postOnly()) {
            ticked.add("post");
        }
        if (m.manualResume()) {
            ticked.add("manual");
        }
        return sheet.titled(Plain.of(m.name()))
                .with("name", m.name())
                .with(
                        "schedule",
                        m.plan().expression() == null
                                ? Figures.written(
                                        Objects.requireNonNull(m.plan().every()))
                                : m.plan().expression())
                .with("zone", m.plan().zone())
                .with("grace", Figures.written(m.grace()))
                .with("most", m.maxRun() == null ? "" : Figures.written(m.maxRun()))
                .with("least", m.minRun() == null ? "" : Figures.written(m.minRun()))
                .with("failures", Integer.toString(m.failuresAllowed() + 1))
                .with("tags", String.join(" ", m.tags()))
                .ticking(ticked);
    }

    /** What was typed, kept. */
    static Sheet keeping(Sheet sheet, Form form) {
        return sheet.keeping(form, FIELDS).ticking(form.ticked("depends")).ticking(form.ticked("counts"));
    }

    /**
     * The form as the interface takes it; null, with what is wrong on the sheet, when a time span can't be read. What is
     * left empty is taken away from a monitor that is there.
     */
    static @Nullable JsonObject written(Form form, Sheet sheet, boolean anew) {
        Monitor.Plan plan = plan(form);
        JsonObject written = JsonObject.of("name", form.text("name").strip(), "dependsOn", form.ticked("depends"));
        written = plan.every() == null
                ? written.with("schedule", Objects.requireNonNull(plan.expression()))
                        .with("timeZone", plan.zone())
                : written.with("everySeconds", plan.every().toSeconds());
        for (var span : Map.of("grace", "graceSeconds", "most", "maxRunSeconds", "least", "minRunSeconds")
                .entrySet()) {
            String text = form.text(span.getKey()).strip();
            Duration read = Figures.span(text);
            if (read != null) {
                written = written.with(span.getValue(), read.toSeconds());
            } else if (text.isEmpty() && !span.getKey().equals("grace")) {
                written = anew ? written : written.with(span.getValue(), JsonNull.NULL);
            } else {
                sheet.wrong(span.getKey(), sheet.say(Flow.SPAN_WRONG));
            }
        }
        String failures = form.text("failures").strip();
        if (failures.matches("[1-9][0-9]{0,2}")) {
            written = written.with("failuresAllowed", Long.parseLong(failures) - 1);
        } else if (!failures.isEmpty()) {
            sheet.wrong("failures", sheet.say(Flow.COUNT_WRONG));
        }
        List<String> counts =
                form.ticked("counts").stream().filter(TICKS::contains).toList();
        written = written.with(
                        "tags",
                        Arrays.stream(form.text("tags").strip().split("[\\s,]+"))
                                .filter(t -> !t.isEmpty())
                                .toList())
                .with("ingest", counts.contains("token") ? "token" : "open")
                .with("methods", counts.contains("post") ? "POST" : "")
                .with("manualResume", counts.contains("manual"));
        return sheet.faultless() ? written : null;
    }

    /** The schedule that was typed: a time span, or a cron line or calendar expression in a zone. */
    static Monitor.Plan plan(Form form) {
        String schedule = form.text("schedule").strip();
        Duration every = Figures.span(schedule);
        String zone = form.text("zone").strip();
        return every == null ? Monitor.Plan.at(schedule, zone.isEmpty() ? "UTC" : zone) : Monitor.Plan.every(every);
    }

    /** When a schedule is due next, in its own zone; what is wrong with it stands on the sheet. */
    static List<String> ahead(Sheet sheet, Monitor.Plan plan, Instant now) {
        return switch (Monitors.ahead(plan, now, AHEAD)) {
            case Outcome.Done<List<Instant>> due -> {
                DateTimeFormatter written = DateTimeFormatter.ofPattern(
                                "EEE d MMM yyyy, HH:mm:ss zzz", sheet.language().locale())
                        .withZone(ZoneId.of(plan.zone()));
                yield due.value().isEmpty()
                        ? List.of(sheet.say(Flow.DUE_NEVER))
                        : due.value().stream().map(written::format).toList();
            }
            case Outcome.Refused<List<Instant>> refused -> {
                if (refused.why() instanceof Refusal.Invalid why) {
                    sheet.wrong("schedule", why.message());
                }
                yield List.of();
            }
        };
    }
}
