package dev.averment.checks.accesstokens;

import dev.averment.checks.CheckType;
import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code access-tokens}. */
public final class AccessTokensCheck implements CheckType {

    @Override
    public String name() {
        return "access-tokens";
    }

    @Override
    public String description() {
        return "Reads the header and the life of an issued access token, and shows the service unsigned, foreign, altered and"
                + " expired ones.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("algorithm", Kind.TEXT, false, "Algorithm of the signature, such as HS256."),
                        new Setting("lifetime", Kind.MAP, false, "Life of a token: max, a duration.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "The expired token, and those of another type, audience or issuer, are made with the service's own key, not"
                        + " waited for: a clock that stands still would not be noticed.",
                "Tokens are tried on one route; that all routes ask the same verifier is not shown.",
                "Does not try to guess the key, nor look at who can read it.");
    }

    @Override
    public Collector collector() {
        return new AccessTokensCollector();
    }

    @Override
    public Judge judge() {
        return new AccessTokensJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        var wanted = new SettingReader(expect);
        long life;
        try {
            life = wanted.map("lifetime")
                    .duration("max")
                    .orElse(Duration.ofMinutes(15))
                    .toSeconds();
        } catch (CollectException e) {
            life = 0; // what the page expects can't be read: the judge says so, of this example too
        }
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject(
                AccessTokensCollector.ISSUED,
                Map.of(
                        "algorithm",
                        wanted.text("algorithm").orElse("HS256"),
                        "type",
                        "at+jwt",
                        "lifetimeSeconds",
                        life,
                        "accepted",
                        true)));
        for (String name : List.of(
                AccessTokensCollector.UNSIGNED,
                AccessTokensCollector.OTHER_KEY,
                AccessTokensCollector.ALTERED,
                AccessTokensCollector.EXPIRED)) {
            subjects.add(new Subject(name, Map.of("accepted", false)));
        }
        subjects.add(new Subject(AccessTokensCollector.CONTROL, Map.of("accepted", true)));
        return new Facts(now, subjects, Map.of());
    }
}
