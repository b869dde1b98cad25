package dev.averment.checks.jobfaults;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.workers.KilledWorkers;
import dev.averment.checks.workers.WorkJudge;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code job-faults}. */
public final class JobFaultsCheck implements CheckType {
    private static final int JOBS_EACH = 20;

    @Override
    public String name() {
        return "job-faults";
    }

    @Override
    public String description() {
        return "Kills workers at random moments while they do jobs, lets one live, and counts the effects of every job.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting(
                        "workers",
                        Kind.INTEGER,
                        false,
                        "Workers of the check, of which one lives: 2 to 8, 3 by default.")),
                List.of(
                        new Setting("lost", Kind.TEXT, false, "none: how many jobs are never done."),
                        new Setting(
                                "effect",
                                Kind.TEXT,
                                false,
                                "exactly-once: how often what a job writes is there in the end.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The workers that are killed are processes that the check starts; they take, keep and end jobs by the code of the"
                        + " server's own workers. The server itself is not killed.",
                "What a job of the check does is written in the transaction that ends it. One that sends something outside, such as an"
                        + " alert, may send it twice when its process dies between the sending and its end.",
                "A few workers are killed on one machine, with the database up all the while.");
    }

    @Override
    public Collector collector() {
        return look -> {
            int workers = new SettingReader(look.with()).integer("workers", 3);
            if (workers < 2 || workers > 8) {
                throw SettingReader.refused("workers", workers, "2 to 8");
            }
            return new KilledWorkers(1, workers - 1, workers * JOBS_EACH).collect(look);
        };
    }

    @Override
    public Judge judge() {
        return new WorkJudge(true);
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return KilledWorkers.passing(now, 1, 2);
    }
}
