package dev.averment.sabotage.faults;

import dev.averment.sabotage.Bound;
import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.code.CodeMistake;
import dev.averment.sabotage.code.CodeMistake.What;
import dev.averment.server.tenancy.WellKnown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What lets incidents be nobody's, late without a word, or over without anything being learnt. */
public final class IncidentFaults {
    private IncidentFaults() {}

    /** For {@code incident-clock}. */
    public static List<Sabotage> clocks(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        if (bound.check().expect().containsKey("owner")) {
            faults.add(Sql.trigger(
                    "incident-without-owner",
                    "Incidents are opened without an owner.",
                    "before insert on incidents.incident",
                    "new.owner := null; return new;"));
        }
        faults.add(Sql.trigger(
                "response-clock-stopped",
                "The clock of an answer is stopped as soon as it starts.",
                "before insert on clocks.clock",
                "if new.rule like 'incident-response-%' then new.stopped_at := new.started_at; new.outcome := 'met'; end if;"
                        + " return new;"));
        faults.add(UNTOLD);
        if (bound.check().expect().containsKey("P1")) {
            faults.add(Sql.trigger(
                    "response-deadline-a-day-later",
                    "Whoever answers an incident has a day more than is promised.",
                    "before insert on clocks.clock",
                    "if new.rule like 'incident-response-%' then new.due_at := new.due_at + interval '1 day'; end if;"
                            + " return new;"));
            faults.add(
                    Sql.trigger(
                            "updates-end-when-resolved",
                            "Nobody waits for updates on a P1 once it is resolved.",
                            "before insert on clocks.clock",
                            "if new.rule = 'incident-update' and exists (select from incidents.incident i where i.workspace_id ="
                                    + " new.workspace_id and 'incidents/' || i.incident_id = new.subject and i.state = 'resolved')"
                                    + " then new.stopped_at := new.started_at; new.outcome := 'withdrawn'; end if; return new;"));
        }
        faults.add(mistake(
                "missed-clock-unnoticed",
                "Nobody looks at clocks when they are due.",
                "dev.averment.server.clocks.Clocks",
                "due",
                What.GIVES_FALSE));
        return faults;
    }

    private static final Sabotage UNTOLD = Sql.trigger(
            "escalation-tells-nobody",
            "An alert that nobody has answered in time is lost.",
            "before insert on delivery.delivery",
            "if new.kind = 'escalate' then return null; end if; return new;");

    /** Nothing is kept of how an alert was delivered. */
    static final Sabotage ATTEMPTS_LOST = Sql.trigger(
            "attempts-lost",
            "Attempts to deliver an alert are not kept.",
            "before insert on delivery.attempt",
            "return null;");

    /** For {@code escalation-chain}. */
    public static List<Sabotage> chain() {
        String operator = WellKnown.OPERATOR.toString();
        return List.of(
                new Sabotage.Live("chain-empty", "The operator's chain has no step any more.", instance -> {
                    List<String> steps = instance.asOperator(c -> {
                        var found = new ArrayList<String>();
                        try (var s = c.createStatement();
                                var r = s.executeQuery("select place || ' ' || after from incidents.step")) {
                            while (r.next()) {
                                found.add(r.getString(1));
                            }
                        }
                        try (var s = c.createStatement()) {
                            s.executeUpdate("delete from incidents.step");
                        }
                        return found;
                    });
                    return () -> instance.asOperator(c -> {
                        try (var s = c.prepareStatement(
                                "insert into incidents.step (workspace_id, place, after) values (?::uuid, ?::int, ?)")) {
                            for (String step : steps) {
                                String[] parts = step.split(" ", 2);
                                s.setString(1, operator);
                                s.setString(2, parts[0]);
                                s.setString(3, parts[1]);
                                s.executeUpdate();
                            }
                        }
                        return true;
                    });
                }),
                UNTOLD,
                Sql.trigger(
                        "climbs-though-acknowledged",
                        "The chain of an incident goes on though somebody has taken it up.",
                        "before update on clocks.clock",
                        "if new.rule like 'incident-escalation-%' and new.outcome = 'met' then return null; end if;"
                                + " return new;"),
                mistake(
                        "climbing-off",
                        "An incident that nobody takes up climbs no chain.",
                        "dev.averment.server.incidents.Escalation",
                        "climb",
                        What.RETURNS));
    }

    /** For {@code incident-evidence}. */
    public static List<Sabotage> evidence() {
        return List.of(
                Sql.trigger(
                        "timeline-line-lost",
                        "The line that says why an incident was opened is not kept.",
                        "before insert on incidents.entry",
                        "if new.kind = 'opened' then return null; end if; return new;"),
                Sql.trigger(
                        "root-run-forgotten",
                        "Incidents are kept without the run in which they began.",
                        "before insert or update on incidents.incident",
                        "new.root_run := null; return new;"),
                Sql.trigger(
                        "redactions-unnoted",
                        "That secrets were taken out of an output is not noted.",
                        "before insert on monitoring.ping_body",
                        "new.redactions := 0; new.redacted := ''; return new;"),
                Sql.trigger(
                        "truncation-unnoted",
                        "That a part of an output was left out is not noted.",
                        "before insert on monitoring.ping_body",
                        "new.left_out := 0; return new;"),
                ATTEMPTS_LOST,
                TokenFaults.everywhere(WellKnown.CANARY_A.toString()),
                mistake(
                        "redactor-off",
                        "Nothing is taken out of what jobs write.",
                        "dev.averment.server.monitoring.ingest.Redactor",
                        "already",
                        What.GIVES_TRUE));
    }

    /** For {@code review-required}. */
    public static List<Sabotage> reviews(Bound bound) {
        var faults = new ArrayList<Sabotage>();
        boolean within = bound.check().expect().containsKey("within");
        if (bound.check().expect().containsKey("before") || !within) {
            faults.add(Sql.fault(
                    "closing-unguarded",
                    "The database no longer minds whether an incident was reviewed.",
                    List.of("alter table incidents.incident disable trigger guard_incident"),
                    List.of("alter table incidents.incident enable always trigger guard_incident")));
            faults.add(Sql.function(
                    "guard-looks-away",
                    "The guard of closing looks at nothing.",
                    "incidents.guard_incident()",
                    "create or replace function incidents.guard_incident() returns trigger language plpgsql as"
                            + " $$ begin return new; end $$"));
        }
        if (within) {
            faults.add(Sql.trigger(
                    "late-review-forgiven",
                    "A review that is late is written down as one in time.",
                    "before update on clocks.clock",
                    "if new.rule = 'incident-review' and new.outcome = 'missed' then"
                            + " if new.stopped_at is null then return null; end if;"
                            + " new.outcome := 'met'; new.stopped_at := old.due_at; end if; return new;"));
            faults.add(Sql.trigger(
                    "review-deadline-doubled",
                    "Whoever reviews an incident has twice the time that is promised.",
                    "before insert on clocks.clock",
                    "if new.rule = 'incident-review' then new.due_at := new.due_at + (new.due_at - new.started_at);"
                            + " end if; return new;"));
            if (bound.page().policy().get("incidents") instanceof Map<?, ?> stated && stated.containsKey("reviewP3")) {
                faults.add(PageEdit.fault(
                        "review-of-p3-not-awaited",
                        "The policy in force waits for no review of a P3.",
                        "reviewP3: \\w+, ",
                        ""));
            }
        }
        return faults;
    }

    /** The server's code does not do what it should. */
    static Sabotage mistake(String id, String breaks, String type, String method, What what) {
        return new Sabotage.AtStart(id, breaks, sound -> sound.mistaken(new CodeMistake(type, method, "(", what)));
    }
}
