package dev.averment.checks.streamisolation;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everybody got all that was theirs, and nothing that was not. */
final class StreamIsolationJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            new SettingReader(expect).only(Map.of("crossed", "none"));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        Map<String, Map<String, Object>> looked = new HashMap<>();
        for (Subject subject : facts.subjects()) {
            long foreign = FactReader.number(subject.facts(), "foreign", -1);
            if (foreign > 0) {
                return Judgement.failing(foreign + " of another tenant's events came to " + subject.name() + ".");
            }
            if (foreign == 0) {
                looked.put(subject.name(), subject.facts());
            }
        }
        for (String name : List.of(
                StreamIsolationCollector.ONE,
                StreamIsolationCollector.OTHER,
                StreamIsolationCollector.RESUMED,
                StreamIsolationCollector.INTRUDED)) {
            Map<String, Object> said = looked.get(name);
            if (said == null) {
                return Judgement.unproven("Nobody followed this: " + name + ".");
            }
            long status = FactReader.number(said, "status", 0);
            if (name.equals(StreamIsolationCollector.INTRUDED)) {
                if (status == 200) {
                    return Judgement.failing("Somebody who is no member was let in to a stream of the workspace.");
                }
                continue;
            }
            long told = FactReader.number(said, "told", -1);
            long own = FactReader.number(said, "own", -1);
            if (status != 200 || own < told || own < 1) {
                return Judgement.unproven("Only " + Math.max(0, own) + " of " + Math.max(1, told) + " events came to "
                        + name + ", so that it can't be told whose the others would have been.");
            }
        }
        long events = FactReader.number(facts.values(), "events", 0);
        if (events < 1) {
            return Judgement.unproven("How many events were written is not among the facts.");
        }
        return Judgement.proven(
                "Of " + events + " events in each of two tenants each got all of its own and none of the"
                        + " other's, also when it went on after the other's event.");
    }
}
