package dev.averment.checks.totp;

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

/** {@code totp}. */
public final class TotpCheck implements CheckType {

    @Override
    public String name() {
        return "totp";
    }

    @Override
    public String description() {
        return "Enrols authenticator apps, shows codes twice and codes of another time, and looks at what is kept of seeds and"
                + " recovery codes.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("replay", Kind.TEXT, false, "refused: a code is good once."),
                        new Setting("drift", Kind.TEXT, false, "bounded: a code for 90 seconds off is refused."),
                        new Setting(
                                "recoveryCodes",
                                Kind.TEXT,
                                false,
                                "hashed: they are kept as SHA-256 and each is good once.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Codes are tried that are three steps off: how many steps between are taken is not measured.",
                "Two uses of a code at the very same moment are not tried.",
                "That the seed is sealed is seen by its not standing there as it is; the cipher is not broken, and who can read"
                        + " its key is not looked at.",
                "Seeds and codes are searched for in the tables of accounts, not in logs or dumps.",
                "That tries are limited is the limits' own check.");
    }

    @Override
    public Collector collector() {
        return new TotpCollector();
    }

    @Override
    public Judge judge() {
        return new TotpJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(TotpCollector.SEED, Map.of("kept", true, "sealed", true, "inClear", List.of())),
                        new Subject(TotpCollector.AGAIN, Map.of("ofEnrolment", false, "first", true, "second", false)),
                        new Subject(TotpCollector.OTHER_TIME, Map.of("old", false, "coming", false, "present", true)),
                        new Subject(
                                TotpCollector.RECOVERY,
                                Map.of(
                                        "codes", 10L, "hashed", 10L, "inClear", List.of(), "first", true, "second",
                                        false))),
                Map.of("stepsOff", (long) TotpCollector.STEPS_OFF));
    }
}
