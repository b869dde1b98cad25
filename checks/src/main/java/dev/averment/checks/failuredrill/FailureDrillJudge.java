package dev.averment.checks.failuredrill;

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
import java.util.Optional;
import java.util.Set;

/** A workflow that was well failed on purpose, and everything that is promised to follow can be seen. */
final class FailureDrillJudge implements Judge {
    static final List<String> VISIBLE = List.of("run", "incident", "attempt", "recovery");

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            List<String> visible = wanted.has("visible") ? wanted.texts("visible") : VISIBLE;
            if (visible.isEmpty() || !Set.copyOf(VISIBLE).containsAll(visible)) {
                throw SettingReader.refused("visible", visible, "a list of " + String.join(", ", VISIBLE));
            }
            Map<String, Subject> seen = new HashMap<>();
            facts.subjects().forEach(subject -> seen.put(subject.name(), subject));
            if (!yes(of(seen, FailureDrillCollector.BEFORE), "worked")) {
                throw new CollectException(
                        "The workflow did not go well before it was broken, so that nothing was made to"
                                + " fail; see what its runs say, and run the check again.");
            }
            for (String part : VISIBLE.stream().filter(visible::contains).toList()) {
                Optional<String> wrong = switch (part) {
                    case "run" -> run(of(seen, FailureDrillCollector.RUN));
                    case "incident" -> incident(of(seen, FailureDrillCollector.INCIDENT));
                    case "attempt" -> attempt(of(seen, FailureDrillCollector.ALERT));
                    default -> recovery(of(seen, FailureDrillCollector.RECOVERY));
                };
                if (wrong.isPresent()) {
                    return Judgement.failing(wrong.get());
                }
            }
            return Judgement.proven(
                    "A workflow of a demo was made to fail, and shows this: " + String.join(", ", visible) + ".");
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Map<String, Object> of(Map<String, Subject> seen, String name) throws CollectException {
        Subject subject = seen.get(name);
        if (subject == null) {
            throw new CollectException("Nobody looked at " + name + ".");
        }
        return subject.facts();
    }

    private static boolean yes(Map<String, Object> facts, String name) throws CollectException {
        if (facts.get(name) instanceof Boolean said) {
            return said;
        }
        throw new CollectException("The fact " + name + " is missing.");
    }

    private static String text(Map<String, Object> facts, String name) throws CollectException {
        if (facts.get(name) instanceof String said) {
            return said;
        }
        throw new CollectException("The fact " + name + " is missing.");
    }

    private static Optional<String> run(Map<String, Object> facts) throws CollectException {
        if (!yes(facts, "failed")) {
            return Optional.of("A demo was broken on purpose, and no run of it failed.");
        }
        if (!text(facts, "shown").equals("failed")) {
            return Optional.of("The run that failed is not shown as failed among the runs of its workflow.");
        }
        return yes(facts, "output")
                ? Optional.empty()
                : Optional.of("The run that failed shows nothing of what it wrote.");
    }

    private static Optional<String> incident(Map<String, Object> facts) throws CollectException {
        if (!yes(facts, "opened")) {
            return Optional.of("A demo was broken on purpose, and no incident was opened.");
        }
        if (!yes(facts, "affected") || !yes(facts, "rootRun")) {
            return Optional.of("The incident of a drill does not name its workflow, or the run in which it began.");
        }
        return FactReader.texts(facts, "lines").contains("opened")
                ? Optional.empty()
                : Optional.of("The timeline of a drill's incident does not say that it was opened.");
    }

    private static Optional<String> attempt(Map<String, Object> facts) throws CollectException {
        if (FactReader.number(facts, "alerts", 0) < 1) {
            return Optional.of("The incident of a drill alerted nobody.");
        }
        if (FactReader.number(facts, "attempts", 0) < 1) {
            return Optional.of("The alert of a drill shows no attempt to deliver it.");
        }
        return yes(facts, "delivered") && FactReader.texts(facts, "outcomes").contains("ok")
                ? Optional.empty()
                : Optional.of("The alert of a drill shows no attempt that was accepted.");
    }

    private static Optional<String> recovery(Map<String, Object> facts) throws CollectException {
        if (!yes(facts, "mended")) {
            return Optional.of("What a drill has broken was not mended in time.");
        }
        if (!text(facts, "back").equals("succeeded")) {
            return Optional.of("No run of a drill's workflow went well after it was mended.");
        }
        String incident = text(facts, "incident");
        return incident.equals("resolved") || incident.equals("closed")
                ? Optional.empty()
                : Optional.of("The incident of a drill is " + (incident.isEmpty() ? "not shown" : incident)
                        + " though its workflow is well again.");
    }
}
