package dev.averment.checks.cacherules;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code cache-rules}. */
public final class CacheRulesCheck implements CheckType {

    @Override
    public String name() {
        return "cache-rules";
    }

    @Override
    public String description() {
        return "Fetches every route with and without credentials, as a program and as a browser, and notes what each answer lets caches keep.";
    }

    @Override
    public Settings settings() {
        return Settings.NONE;
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "A cache that ignores the headers, or rules set at the edge without a header, are not seen from here.",
                "Only one signed-in account looks: answers that other roles get are not fetched.",
                "Methods other than GET and HEAD are asked without credentials only.",
                "A public answer that changes from one request to the next is not compared between visitors.");
    }

    @Override
    public Collector collector() {
        return new CacheRulesCollector();
    }

    @Override
    public Judge judge() {
        return new CacheRulesJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject("GET /api/items signed in", answer(true, true, 200, "no-store")),
                        new Subject("GET /api/items", answer(true, false, 401, "no-store")),
                        new Subject("GET /", answer(false, false, 200, "public, max-age=60"))),
                Map.of("routes", 2L, "signedInAnswers", 1L));
    }

    private static Map<String, Object> answer(boolean authenticated, boolean signedIn, long status, String cache) {
        return Map.of(
                "authenticated",
                authenticated,
                "signedIn",
                signedIn,
                "status",
                status,
                "cacheControl",
                cache,
                "forOneCache",
                "",
                "outOfCache",
                false,
                "vary",
                "Accept-Encoding",
                "setsCookie",
                false,
                "dependsOnVisitor",
                false);
    }
}
