package dev.averment.checks.routeownership;

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

/** {@code route-ownership}. */
public final class RouteOwnershipCheck implements CheckType {

    @Override
    public String name() {
        return "route-ownership";
    }

    @Override
    public String description() {
        return "Calls every route that changes something with the ids of another workspace's records, and compares the rows"
                + " behind them before and after.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting(
                                "routes",
                                Kind.TEXT,
                                false,
                                "all-mutating: every route of the running application that changes something."),
                        new Setting("foreign", Kind.TEXT, false, "not-found: how a foreign id is answered, with 404."),
                        new Setting("changed", Kind.TEXT, false, "none: no row may be another than before.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Routes are those that the application lists by itself; what answers without being a route of it is not tried.",
                "A route whose address names no record is given foreign ids in its query. Codes and tickets in a body, which"
                        + " are secrets and no ids, are not tried for another person's.",
                "Rows are compared where they name the owner of the foreign records, or the visitor together with the foreign"
                        + " workspace, and the workspace's own row; a change of other rows is not seen.",
                "The visitor is the owner of another workspace. Members of the same workspace with a lesser role are not tried.",
                "How long an answer takes is not compared.");
    }

    @Override
    public Collector collector() {
        return new RouteOwnershipCollector();
    }

    @Override
    public Judge judge() {
        return new RouteOwnershipJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                "DELETE /api/v1/workspaces/{workspace}/tokens/{token}",
                                Map.of(
                                        "kind",
                                        "by-id",
                                        "foreign",
                                        404L,
                                        "foreignInOwnWorkspace",
                                        404L,
                                        "changed",
                                        List.of())),
                        new Subject(
                                RouteOwnershipCollector.WITHOUT_IDS,
                                Map.of(
                                        "kind", "without-ids",
                                        "routes", List.of("PATCH /api/v1/account"),
                                        "changed", List.of()))),
                Map.of("routes", 2L));
    }
}
