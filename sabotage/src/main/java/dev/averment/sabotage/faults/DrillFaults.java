package dev.averment.sabotage.faults;

import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.code.CodeMistake.What;
import java.util.List;

/** What keeps a drill from showing what a failure leads to. */
public final class DrillFaults {
    private DrillFaults() {}

    /** For {@code failure-drill}. */
    public static List<Sabotage> drill() {
        String incidents = "dev.averment.server.incidents.MonitorIncidents";
        return List.of(
                Sql.trigger(
                        "drill-breaks-nothing",
                        "A drill leaves the file as it is that it should spoil.",
                        "before update on drill.file",
                        "if new.digest = old.digest then return null; end if; return new;"),
                IncidentFaults.ATTEMPTS_LOST,
                Sql.trigger(
                        "drill-never-mended",
                        "What a drill has broken is mended a day too late.",
                        "before insert on jobs.job",
                        "if new.kind = 'drill.mend' then new.run_at := new.run_at + interval '1 day'; end if; return new;"),
                IncidentFaults.mistake(
                        "failure-opens-no-incident",
                        "A workflow that fails opens no incident.",
                        incidents,
                        "open",
                        What.RETURNS),
                IncidentFaults.mistake(
                        "recovery-unnoticed",
                        "An incident stays open though its workflow is well again.",
                        incidents,
                        "back",
                        What.RETURNS));
    }
}
