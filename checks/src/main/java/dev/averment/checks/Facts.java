package dev.averment.checks;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a collector saw, without any opinion on it. Goes into the evidence log as it stands, so it holds JSON values only
 * (String, Long, Boolean, List, Map) and nothing secret or personal.
 *
 * @param observedAt when it was true, which is not when it was received
 * @param subjects   the things looked at; none means that nothing was proven
 * @param values     facts about the whole
 */
public record Facts(Instant observedAt, List<Subject> subjects, Map<String, Object> values) {
    public Facts {
        subjects = List.copyOf(subjects);
        values = Map.copyOf(values);
    }

    /**
     * What was seen of one subject.
     *
     * @throws CollectException when nobody looked at it, which is no answer
     */
    public Map<String, Object> of(String subject) throws CollectException {
        for (Subject each : subjects.reversed()) {
            if (each.name().equals(subject)) {
                return each.facts();
            }
        }
        throw new CollectException("Nobody looked at " + subject + ".");
    }
}
