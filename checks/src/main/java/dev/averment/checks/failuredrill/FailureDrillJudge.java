package dev.averment.checks.failuredrill;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import java.time.Instant;
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
            if (!FactReader.yes(facts.of(FailureDrillCollector.BEFORE), "worked")) {
                throw new CollectException(
                        "The workflow did not go well before it was broken, so that nothing was made to"
                                + " fail; see what its runs say, and run the check again.");
            }
            for (String part : VISIBLE.stream().filter(visible::contains).toList()) {
                Optional<String> wrong = switch (part) {
                    case "run" -> run(facts.of(FailureDrillCollector.RUN));
                    case "incident" -> incident(facts.of(FailureDrillCollector.INCIDENT));
                    case "attempt" -> attempt(facts.of(FailureDrillCollector.ALERT));
                    default -> recovery(facts.of(FailureDrillCollector.RECOVERY));
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

    private static Optional<String> run(Map<String, Object> facts) throws CollectException {
        if (!FactReader.yes(facts, "failed")) {
            return Optional.of("A demo was broken on purpose, and no run of it failed.");
        }
        if (!FactReader.said(facts, "shown").equals("failed")) {
            return Optional.of("The run that failed is not shown as failed among the runs of its workflow.");
        }
        return FactReader.yes(facts, "output")
                ? Optional.empty()
                : Optional.of("The run that failed shows nothing of what it wrote.");
    }

    private static Optional<String> incident(Map<String, Object> facts) throws CollectException {
        if (!FactReader.yes(facts, "opened")) {
            return Optional.of("A demo was broken on purpose, and no incident was opened.");
        }
        if (!FactReader.yes(facts, "affected") || !FactReader.yes(facts, "rootRun")) {
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
        return FactReader.yes(facts, "delivered")
                        && FactReader.texts(facts, "outcomes").contains("ok")
                ? Optional.empty()
                : Optional.of("The alert of a drill shows no attempt that was accepted.");
    }

    private static Optional<String> recovery(Map<String, Object> facts) throws CollectException {
        if (!FactReader.yes(facts, "mended")) {
            return Optional.of("What a drill has broken was not mended in time.");
        }
        if (!FactReader.said(facts, "back").equals("succeeded")) {
            return Optional.of("No run of a drill's workflow went well after it was mended.");
        }
        String incident = FactReader.said(facts, "incident");
        return incident.equals("resolved") || incident.equals("closed")
                ? Optional.empty()
                : Optional.of("The incident of a drill is " + (incident.isEmpty() ? "not shown" : incident)
                        + " though its workflow is well again.");
    }
}
