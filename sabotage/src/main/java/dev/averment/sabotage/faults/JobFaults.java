package dev.averment.sabotage.faults;

import dev.averment.sabotage.Sabotage;
import dev.averment.sabotage.code.CodeMistake;
import dev.averment.sabotage.code.CodeMistake.What;
import java.util.ArrayList;
import java.util.List;

/** What loses jobs of workers that die, or does them twice. */
public final class JobFaults {
    private JobFaults() {}

    /** For {@code worker-restart}. */
    public static List<Sabotage> restart() {
        return List.of(
                new Sabotage.AtStart(
                        "reaper-off",
                        "Nobody takes jobs back from workers that died.",
                        sound -> sound.mistaken(new CodeMistake(
                                "dev.averment.server.jobs.WorkerStore", "reap", "(", What.GIVES_FALSE))),
                Sql.trigger(
                        "abandoned-job-given-up",
                        "A job whose worker died is given up in place of being tried again.",
                        "before update on jobs.job",
                        "if old.state = 1 and new.state = 2 then new.state := 3; new.dead_at := now(); end if; return new;"),
                Sql.trigger(
                        "job-done-twice",
                        "What a job writes is written twice.",
                        "after insert on stream.event",
                        "if new.kind = 'check.job' and pg_trigger_depth() = 1 then"
                                + " insert into stream.event (workspace_id, kind, subject, data, made_at)"
                                + " values (new.workspace_id, new.kind, new.subject, new.data, new.made_at); end if;"
                                + " return null;"));
    }

    /** For {@code job-faults}. */
    public static List<Sabotage> faults() {
        List<Sabotage> all = new ArrayList<>(restart());
        all.add(Sql.trigger(
                "job-without-effect",
                "Jobs end, and some of what they write is not kept.",
                "before insert on stream.event",
                "if new.kind = 'check.job' and (new.data::json ->> 'n')::integer % 2 = 0 then return null; end if;"
                        + " return new;"));
        all.add(Sql.trigger(
                "lease-over-at-once",
                "A lease is over as soon as it is given, so that jobs are taken from workers that live.",
                "before update on jobs.job",
                "if new.state = 1 then new.locked_until := now() - interval '1 second'; end if; return new;"));
        all.add(Sql.trigger(
                "job-swallowed",
                "Some jobs vanish before they are in the queue.",
                "before insert on jobs.job",
                "if new.kind = 'check.job' and (new.args::json ->> 'n')::integer % 5 = 0 then return null; end if;"
                        + " return new;"));
        return all;
    }
}
