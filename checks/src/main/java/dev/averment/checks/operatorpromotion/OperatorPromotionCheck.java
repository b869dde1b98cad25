package dev.averment.checks.operatorpromotion;

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

/** {@code operator-promotion}. */
public final class OperatorPromotionCheck implements CheckType {

    @Override
    public String name() {
        return "operator-promotion";
    }

    @Override
    public String description() {
        return "As a normal user, asks every route that changes something for an operator's rights, and as each role of the"
                + " service tries to write them into the database.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("routes", Kind.TEXT, false, "all: every route that changes something is tried."),
                        new Setting("promoted", Kind.TEXT, false, "none: nobody may become an operator."),
                        new Setting(
                                "runtimeRole",
                                Kind.TEXT,
                                false,
                                "refused: the service's own roles may not write the mark.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Each route gets the fields that are usual for a role, all at once beside a body that it would take, and once"
                        + " more in its address; a field with another name is not guessed.",
                "Routes whose body this check does not know get one that they may refuse before they look at a role.",
                "The route that deletes the account is not tried, nor routes that the application's list does not name.",
                "Whoever has the database owner's or the superuser's credential can promote anybody: that is the one way"
                        + " there is.");
    }

    @Override
    public Collector collector() {
        return new OperatorPromotionCollector();
    }

    @Override
    public Judge judge() {
        return new OperatorPromotionJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                "PATCH /api/v1/account with role fields",
                                Map.of("kind", "route", "status", 400L, "promoted", false)),
                        new Subject(
                                "app, by changing the mark",
                                Map.of("kind", "role", "refused", true, "sqlState", "42501"))),
                Map.of("routes", 1L));
    }
}
