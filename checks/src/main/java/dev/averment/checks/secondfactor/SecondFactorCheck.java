package dev.averment.checks.secondfactor;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code second-factor}. */
public final class SecondFactorCheck implements CheckType {

    @Override
    public String name() {
        return "second-factor";
    }

    @Override
    public String description() {
        return "Looks at the second factors of every operator, and signs in as one of the check's own, without a factor and with one.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("coverage", Kind.TEXT, false, "all: every operator's account has a second factor."),
                        new Setting(
                                "withoutFactor",
                                Kind.TEXT,
                                false,
                                "enrolment-only: how far an operator gets without one.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Operators are accounts that carry the operator's mark. The token in the server's data folder, for programs"
                        + " of its own machine, and the database's credentials have no second factor.",
                "The check's own operator is made by the database's administrator and lives for seconds; accounts that checks"
                        + " made in the last ten minutes are not counted.",
                "Accounts that are shut are not looked at.",
                "One route that only operators read is tried, and the enrolment; that all others ask the same question is not"
                        + " shown.",
                "Whether factors of one operator lie in one hand or one device is not seen.");
    }

    @Override
    public Collector collector() {
        return new SecondFactorCollector();
    }

    @Override
    public Judge judge() {
        return new SecondFactorJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                "operator 1", Map.of("kind", "operator", "apps", 1L, "passkeys", 0L, "hardware", 0L)),
                        new Subject(
                                SecondFactorCollector.WITHOUT,
                                Map.of(
                                        "kind", "trial",
                                        "signedIn", true,
                                        "operated", false,
                                        "enrolment", true,
                                        "demanded", "any")),
                        new Subject(
                                SecondFactorCollector.WITH,
                                Map.of(
                                        "kind", "trial",
                                        "signedIn", true,
                                        "operated", true,
                                        "enrolment", true,
                                        "demanded", ""))),
                Map.of("operators", 1L, "opensAtAll", true));
    }
}
