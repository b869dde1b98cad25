package dev.averment.cli;

import dev.averment.claims.Page;
import dev.averment.sabotage.Bound;
import dev.averment.sabotage.CalmReport;
import dev.averment.sabotage.Catalogue;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.SabotageReport;
import dev.averment.sabotage.SabotageReport.Waiting;
import dev.averment.sabotage.Trial;
import dev.averment.sabotage.Trial.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code aver sabotage} writes on standard output. */
final class SabotageCommandReport {
    private static final int FAULT_WIDTH = 30;

    private final Page page;
    private final SabotageCommand.Format format;
    private final Terminal terminal;

    SabotageCommandReport(Page page, SabotageCommand.Format format, Terminal terminal) {
        this.page = page;
        this.format = format;
        this.terminal = terminal;
    }

    /** What would be planted. */
    void faults(List<Bound> bounds) {
        List<Map<String, Object>> faults = new ArrayList<>();
        for (Bound bound : bounds) {
            for (Sabotage fault : Catalogue.of(bound)) {
                faults.add(fault(fault, bound));
                line(fault.id(), bound.label(), fault.breaks());
            }
        }
        if (format == SabotageCommand.Format.JSON) {
            Json.write(ordered("page", page.id(), "faults", faults), terminal.out());
        }
    }

    /** What came of it, and the exit code that says so. */
    int trials(SabotageReport report) {
        int exit = report.refuted() ? Exit.DOES_NOT_HOLD : report.complete() ? Exit.HOLDS : Exit.COULD_NOT_TELL;
        if (format == SabotageCommand.Format.JSON) {
            Json.write(
                    ordered(
                            "page", page.id(),
                            "trials", report.trials().stream().map(this::trial).toList(),
                            "waiting",
                                    report.waiting().stream().map(this::waiting).toList(),
                            "summary", summary(report),
                            "exit", exit),
                    terminal.out());
            return exit;
        }
        for (Trial trial : report.trials()) {
            line(
                    pad(trial.outcome().word(), "not recovered".length()) + "  "
                            + pad(trial.sabotage().id(), FAULT_WIDTH),
                    trial.bound().label(),
                    trial.reason());
        }
        for (Waiting waiting : report.waiting()) {
            line(
                    pad(waiting.built() ? "no fault yet" : "no check yet", "not recovered".length()) + "  "
                            + pad(waiting.bound().check().type(), FAULT_WIDTH),
                    waiting.bound().label(),
                    waiting.reason());
        }
        terminal.out()
                .println(page.id() + ": " + report.count(Outcome.CAUGHT) + " caught, " + report.count(Outcome.MISSED)
                        + " missed, " + report.count(Outcome.NOT_RECOVERED) + " not recovered, "
                        + report.count(Outcome.NOT_PLANTED) + " not planted; " + unbuilt(report)
                        + " checks are not built yet");
        return exit;
    }

    /** What turned red without a fault, and the exit code that says so. */
    int calm(CalmReport report) {
        int exit = !report.alarms().isEmpty()
                ? Exit.DOES_NOT_HOLD
                : report.checks() == report.never().size() ? Exit.COULD_NOT_TELL : Exit.HOLDS;
        if (format == SabotageCommand.Format.JSON) {
            Json.write(
                    ordered(
                            "page", page.id(),
                            "runs", report.runs(),
                            "checks", report.checks(),
                            "falseAlarms",
                                    report.alarms().stream().map(this::alarm).toList(),
                            "neverHeld",
                                    report.never().stream().map(this::alarm).toList(),
                            "exit", exit),
                    terminal.out());
            return exit;
        }
        for (CalmReport.Alarm alarm : report.alarms()) {
            line("false alarm in run " + alarm.run(), alarm.bound().label(), alarm.reason());
        }
        for (CalmReport.Alarm alarm : report.never()) {
            line("never held", alarm.bound().label(), alarm.reason());
        }
        terminal.out()
                .println(page.id() + ": " + report.runs() + " runs of " + report.checks() + " checks without a fault, "
                        + report.alarms().size() + " false alarms; "
                        + report.never().size() + " checks never held");
        return exit;
    }

    private static long unbuilt(SabotageReport report) {
        return report.waiting().stream().filter(w -> !w.built()).count();
    }

    private void line(String head, String where, String said) {
        if (format == SabotageCommand.Format.TEXT) {
            terminal.out().println(head + "  " + where + "  " + Terminal.oneLine(said));
        }
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private Map<String, Object> trial(Trial trial) {
        Map<String, Object> entry = fault(trial.sabotage(), trial.bound());
        entry.put("outcome", trial.outcome().word());
        entry.put("seen", trial.seen().word());
        entry.put("reason", trial.reason());
        entry.put("millis", trial.took().toMillis());
        return entry;
    }

    private Map<String, Object> fault(Sabotage fault, Bound bound) {
        return ordered(
                "fault", fault.id(),
                "breaks", fault.breaks(),
                "claim", bound.claim().id(),
                "check", bound.check().id(),
                "type", bound.check().type(),
                "expected", fault.expected().word());
    }

    private Map<String, Object> waiting(Waiting waiting) {
        return ordered(
                "claim", waiting.bound().claim().id(),
                "check", waiting.bound().check().id(),
                "type", waiting.bound().check().type(),
                "built", waiting.built(),
                "reason", waiting.reason());
    }

    private Map<String, Object> alarm(CalmReport.Alarm alarm) {
        return ordered(
                "claim", alarm.bound().claim().id(),
                "check", alarm.bound().check().id(),
                "run", alarm.run(),
                "verdict", alarm.verdict().word(),
                "reason", alarm.reason());
    }

    private static Map<String, Object> summary(SabotageReport report) {
        return ordered(
                "caught", report.count(Outcome.CAUGHT),
                "missed", report.count(Outcome.MISSED),
                "notRecovered", report.count(Outcome.NOT_RECOVERED),
                "notPlanted", report.count(Outcome.NOT_PLANTED),
                "noCheckYet", unbuilt(report));
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
