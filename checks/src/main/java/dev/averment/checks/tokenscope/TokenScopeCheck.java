package dev.averment.checks.tokenscope;

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

/** {@code token-scope}. */
public final class TokenScopeCheck implements CheckType {

    @Override
    public String name() {
        return "token-scope";
    }

    @Override
    public String description() {
        return "Calls every route that asks for credentials with a token of each scope, and shows one that has expired.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("routes", Kind.TEXT, false, "all: every route that asks for credentials."),
                        new Setting("scopes", Kind.TEXT, false, "all: every scope that a token may be given."),
                        new Setting(
                                "undeclared",
                                Kind.TEXT,
                                false,
                                "refused: a scope that a route does not declare opens nothing."),
                        new Setting(
                                "expiry",
                                Kind.TEXT,
                                false,
                                "configurable: tokens live as long as their maker said, and no longer.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "What a route needs is what the application itself declares of it; whether that is the right scope is not"
                        + " judged.",
                "Tokens of one scope each are tried, in a workspace whose owner made them; combinations, and owners with a"
                        + " lesser role, are not.",
                "Where a record is named, it is one that does not exist: a route that looked for it before it looked at the"
                        + " scope would not be noticed if it then found nothing.",
                "The expired token is put into the database as one that was made long ago; nobody waits for one to expire.");
    }

    @Override
    public Collector collector() {
        return new TokenScopeCollector();
    }

    @Override
    public Judge judge() {
        return new TokenScopeJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(TokenScopeCollector.LIVES, Map.of("tried", List.of("1h"), "wrong", List.of())),
                        new Subject(TokenScopeCollector.EXPIRED, Map.of("before", true, "accepted", false)),
                        new Subject(
                                "GET /api/v1/workspaces/{workspace}",
                                Map.of(
                                        "declared", "workspace:read",
                                        "opened", List.of("workspace:read"),
                                        "unclear", List.of())),
                        new Subject(
                                "GET /api/v1/account",
                                Map.of("declared", "", "opened", List.of(), "unclear", List.of()))),
                Map.of("scopes", List.of("workspace:read", "workspace:change"), "routes", 2L));
    }
}
