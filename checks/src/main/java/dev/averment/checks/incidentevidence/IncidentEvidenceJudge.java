package dev.averment.checks.incidentevidence;

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

/** Every part of the evidence is there, for those of the workspace alone, and the secret is not. */
final class IncidentEvidenceJudge implements Judge {
    static final List<String> FIELDS = List.of("timeline", "rootRun", "redactions", "truncations", "attempts");

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            List<String> fields = wanted.has("fields") ? wanted.texts("fields") : FIELDS;
            if (fields.isEmpty() || !Set.copyOf(FIELDS).containsAll(fields)) {
                throw SettingReader.refused("fields", fields, "a list of " + String.join(", ", FIELDS));
            }
            String planted = wanted.text("plantedSecret").orElse("redacted");
            if (!planted.equals("redacted")) {
                throw SettingReader.refused("plantedSecret", planted, "redacted");
            }
            for (String field : fields) {
                Optional<Judgement> wrong = switch (field) {
                    case "timeline" -> timeline(facts.of(IncidentEvidenceCollector.TIMELINE));
                    case "rootRun" -> root(facts.of(IncidentEvidenceCollector.RUN));
                    case "redactions" -> redactions(facts.of(IncidentEvidenceCollector.OUTPUT));
                    case "truncations" -> truncations(facts.of(IncidentEvidenceCollector.OUTPUT));
                    default -> attempts(facts.of(IncidentEvidenceCollector.ATTEMPTS));
                };
                if (wrong.isPresent()) {
                    return wrong.get();
                }
            }
            if (FactReader.yes(facts.of(IncidentEvidenceCollector.OUTPUT), "leaked")) {
                return leaked();
            }
            return readers(facts)
                    .orElseGet(() -> Judgement.proven("A drilled incident shows " + String.join(", ", fields)
                            + " to a viewer of its workspace and nothing to anybody else; the secrets in the run's output"
                            + " were taken out, which is noted."));
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Optional<Judgement> failing(String reason) {
        return Optional.of(Judgement.failing(reason));
    }

    private static Optional<Judgement> timeline(Map<String, Object> facts) throws CollectException {
        List<String> lines = FactReader.texts(facts, "lines");
        for (String line : List.of("opened", "told")) {
            if (!lines.contains(line)) {
                return failing("The timeline of an incident lacks its line \"" + line + "\".");
            }
        }
        return FactReader.yes(facts, "complete")
                ? Optional.empty()
                : failing("The timeline of an incident has a gap, or a line without time, actor or text.");
    }

    private static Optional<Judgement> root(Map<String, Object> facts) throws CollectException {
        if (!FactReader.yes(facts, "named") || !FactReader.yes(facts, "monitor")) {
            return failing("An incident does not name the run in which it began.");
        }
        return FactReader.yes(facts, "evidence")
                ? Optional.empty()
                : failing("No line of the timeline leads to the run in which the incident began.");
    }

    private static Judgement leaked() {
        return Judgement.failing("A secret that a run wrote is shown as it was written.");
    }

    private static Optional<Judgement> redactions(Map<String, Object> facts) throws CollectException {
        if (FactReader.yes(facts, "leaked")) {
            return Optional.of(leaked());
        }
        if (!FactReader.yes(facts, "kept")) {
            return failing("Nothing is kept of what the run wrote.");
        }
        long planted = FactReader.number(facts, "planted", -1);
        long noted = FactReader.number(facts, "redactions", -1);
        if (planted <= 0) {
            throw new CollectException("How many secrets were planted is not among the facts.");
        }
        return noted == planted && !FactReader.texts(facts, "kinds").isEmpty()
                ? Optional.empty()
                : failing("Of " + planted + " secrets that were taken out of a run's output, " + Math.max(0, noted)
                        + " are noted.");
    }

    private static Optional<Judgement> truncations(Map<String, Object> facts) throws CollectException {
        long written = FactReader.number(facts, "written", -1);
        if (written <= 0) {
            throw new CollectException("How much the run wrote is not among the facts.");
        }
        if (FactReader.number(facts, "size", -1) != written) {
            return failing("A run wrote " + written + " bytes, and noted are "
                    + Math.max(0, FactReader.number(facts, "size", -1)) + ".");
        }
        return FactReader.number(facts, "leftOut", -1) > 0
                ? Optional.empty()
                : failing("What a run wrote was cut, and nothing says that something was left out.");
    }

    private static Optional<Judgement> attempts(Map<String, Object> facts) throws CollectException {
        if (FactReader.number(facts, "deliveries", 0) < 1) {
            return failing("An incident that alerted a channel shows no delivery.");
        }
        if (FactReader.number(facts, "attempts", 0) < 1
                || FactReader.texts(facts, "outcomes").contains("")) {
            return failing("The alert of an incident shows no attempt to deliver it, or one without its outcome.");
        }
        return FactReader.yes(facts, "delivered")
                ? Optional.empty()
                : failing("The alert of an incident did not arrive.");
    }

    private static Optional<Judgement> readers(Facts facts) throws CollectException {
        Map<String, Object> others = facts.of(IncidentEvidenceCollector.OTHERS);
        for (String way : List.of("foreign", "inOwn")) {
            List<String> answers = FactReader.texts(others, way);
            if (answers.isEmpty()) {
                throw new CollectException("What others see of an incident is not among the facts.");
            }
            if (answers.contains("200")) {
                return failing("Somebody of another workspace can read the evidence of an incident.");
            }
            if (!answers.stream().allMatch("404"::equals)) {
                throw new CollectException("Reading the evidence of another workspace was answered with "
                        + String.join(", ", answers) + ", which says neither yes nor no; run the check again.");
            }
        }
        if (FactReader.yes(others, "listed")) {
            return failing("An incident is listed in another workspace.");
        }
        List<String> own = FactReader.texts(facts.of(IncidentEvidenceCollector.VIEWER), "answers");
        if (own.isEmpty()) {
            throw new CollectException("What a member sees of an incident is not among the facts.");
        }
        return own.stream().allMatch("200"::equals)
                ? Optional.empty()
                : failing("A viewer of the workspace can't read all evidence of its incident: " + String.join(", ", own)
                        + ".");
    }
}
