package dev.averment.checks.forgedcontext;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code forged-context}. */
public final class ForgedContextCheck implements CheckType {

    @Override
    public String name() {
        return "forged-context";
    }

    @Override
    public String description() {
        return "Tries, with the SQL that an injection would have, to get into a workspace that was not entered.";
    }

    @Override
    public Settings settings() {
        return Settings.NONE;
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "SQL that runs in a workspace acts in that workspace until its transaction ends; only what reaches beyond is"
                        + " looked at.",
                "Does not look whether the application sends its seal apart from the statement's text, where other SQL could"
                        + " read it.",
                "Does not look at how the application keeps its copy of the sealing key.",
                "Does not try to break the cipher, only to go round it.",
                "On a system that a target file describes, the pool is one that says what the file says; whether the application"
                        + " says it is not seen.",
                "Looks at the tables that the target names as holding the key, and not for copies of it.",
                "Of workspaces that are somebody's, those that the target names are tried, a few of many; in all others nothing"
                        + " shows a hole that was made for one of them.");
    }

    @Override
    public Collector collector() {
        return new ForgedContextCollector();
    }

    @Override
    public Judge judge() {
        return new ForgedContextJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        Map<String, Object> refused = Map.of("made", true, "refused", true, "rows", 0L, "sqlState", "42501");
        List<Subject> attempts = new ArrayList<>();
        ForgedContextJudge.ATTEMPTS.forEach(attempt -> attempts.add(new Subject(attempt, refused)));
        attempts.add(new Subject(Forgeries.OTHERS, refused));
        attempts.add(new Subject(Forgeries.KEY + " (tenancy.key)", refused));
        return new Facts(now, attempts, Map.of("table", "app.note", "sealed", true));
    }
}
