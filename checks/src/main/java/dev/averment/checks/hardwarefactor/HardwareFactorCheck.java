package dev.averment.checks.hardwarefactor;

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

/** {@code hardware-factor}. */
public final class HardwareFactorCheck implements CheckType {

    @Override
    public String name() {
        return "hardware-factor";
    }

    @Override
    public String description() {
        return "Looks at the hardware keys of every operator, and signs in as one of the check's own with every lesser factor.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting(
                                "coverage",
                                Kind.TEXT,
                                false,
                                "all: every operator's account has a passkey of a trusted manufacturer."),
                        new Setting("otherFactor", Kind.TEXT, false, "refused: nobody operates anything with less.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Operators are accounts that carry the operator's mark. The token in the server's data folder, for programs"
                        + " of its own machine, and the database's credentials have no second factor.",
                "The check has no hardware: that a key of a trusted manufacturer is let in is not shown, only that what"
                        + " operators read opens to the token.",
                "Whom the operator trusts as a manufacturer is his own list of certificates, which is believed.",
                "The check's own operator is made by the database's administrator and lives for seconds; accounts that checks"
                        + " made in the last ten minutes are not counted, nor those that are shut.",
                "One route that only operators read is tried; that all others ask the same question is not shown.");
    }

    @Override
    public Collector collector() {
        return new HardwareFactorCollector();
    }

    @Override
    public Judge judge() {
        return new HardwareFactorJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                "operator 1", Map.of("kind", "operator", "apps", 0L, "passkeys", 1L, "hardware", 1L)),
                        trial(HardwareFactorCollector.PASSWORD),
                        trial(HardwareFactorCollector.APP),
                        trial(HardwareFactorCollector.RECOVERY),
                        trial(HardwareFactorCollector.PROGRAM)),
                Map.of("operators", 1L, "opensAtAll", true));
    }

    private static Subject trial(String name) {
        return new Subject(
                name,
                Map.of(
                        "kind", "trial",
                        "signedIn", true,
                        "operated", false,
                        "enrolment", true,
                        "demanded", "hardware"));
    }
}
