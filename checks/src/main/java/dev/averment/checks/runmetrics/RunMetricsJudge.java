package dev.averment.checks.runmetrics;

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

/** What was reported is kept, what can be measured is, and what lacks something does not pass for complete. */
final class RunMetricsJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        try {
            var wanted = new SettingReader(expect);
            List<String> fields = wanted.texts("fields");
            if (!Set.of("throughput", "peakMemory", "status").containsAll(fields)) {
                throw SettingReader.refused("fields", fields, "a list of throughput, peakMemory and status");
            }
            String missing = wanted.text("missing").orElse("incomplete");
            if (!missing.equals("incomplete")) {
                throw SettingReader.refused("missing", missing, "incomplete");
            }
            Map<String, Object> reported = of(facts, RunMetricsCollector.REPORTED);
            Map<String, Object> measured = of(facts, RunMetricsCollector.MEASURED);
            for (Optional<Judgement> wrong : List.of(
                    complete(RunMetricsCollector.REPORTED, reported),
                    complete(RunMetricsCollector.MEASURED, measured),
                    throughput(reported, measured),
                    lacking(RunMetricsCollector.NO_MEMORY, of(facts, RunMetricsCollector.NO_MEMORY), "incomplete"),
                    lacking(
                            RunMetricsCollector.NO_THROUGHPUT,
                            of(facts, RunMetricsCollector.NO_THROUGHPUT),
                            "incomplete"),
                    lacking(RunMetricsCollector.NO_STATUS, of(facts, RunMetricsCollector.NO_STATUS), "overrun"))) {
                if (wrong.isPresent()) {
                    return wrong.get();
                }
            }
            return Judgement.proven("Throughput, peak memory and status of drilled runs stand as they were reported; a"
                    + " throughput that was not reported is measured; runs that lacked one of them were marked.");
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Map<String, Object> of(Facts facts, String name) throws CollectException {
        Map<String, Object> run = facts.of(name);
        String status = FactReader.text(run, "status");
        if (status.isEmpty()) {
            throw new CollectException("What became of " + name + " is not among the facts.");
        }
        if (status.equals("unknown")) {
            throw new CollectException("The service was not there during " + name + "; run the check again.");
        }
        return run;
    }

    private static Optional<Judgement> complete(String name, Map<String, Object> facts) {
        if (!FactReader.text(facts, "status").equals("succeeded")) {
            return Optional.of(Judgement.failing(sentence(name) + " is marked " + FactReader.text(facts, "status")
                    + ": " + FactReader.text(facts, "reason")));
        }
        long memory = FactReader.number(facts, "peakMemory", -1);
        return memory == RunMetricsCollector.MEMORY
                ? Optional.empty()
                : Optional.of(Judgement.failing(sentence(name) + " reported a peak memory of "
                        + RunMetricsCollector.MEMORY + " bytes, and "
                        + (memory < 0 ? "none" : memory + " bytes") + " is recorded."));
    }

    private static Optional<Judgement> throughput(Map<String, Object> reported, Map<String, Object> measured) {
        long said = FactReader.number(reported, "throughputMilli", -1);
        if (said != RunMetricsCollector.THROUGHPUT * 1000) {
            return Optional.of(Judgement.failing("A run reported a throughput of " + RunMetricsCollector.THROUGHPUT
                    + " a second, and " + (said < 0 ? "none" : said / 1000.0) + " is recorded."));
        }
        long millis = FactReader.number(measured, "millis", -1);
        long found = FactReader.number(measured, "throughputMilli", -1);
        if (millis <= 0) {
            return Optional.of(
                    Judgement.unproven("How long the run whose throughput is measured took is not among the facts."));
        }
        // Its length is known to a millisecond.
        double least = RunMetricsCollector.RECORDS * 1_000_000.0 / (millis + 1);
        double most = RunMetricsCollector.RECORDS * 1_000_000.0 / millis;
        return found >= least - 1 && found <= most + 1
                ? Optional.empty()
                : Optional.of(Judgement.failing("A run moved " + RunMetricsCollector.RECORDS + " records in " + millis
                        + " ms, and a throughput of " + (found < 0 ? "none" : found / 1000.0)
                        + " a second is recorded."));
    }

    private static Optional<Judgement> lacking(String name, Map<String, Object> facts, String marked) {
        String status = FactReader.text(facts, "status");
        return status.equals(marked)
                ? Optional.empty()
                : Optional.of(
                        Judgement.failing(sentence(name) + " is shown as " + status + ", and not as " + marked + "."));
    }

    private static String sentence(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
