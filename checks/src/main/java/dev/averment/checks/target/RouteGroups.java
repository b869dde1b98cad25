package dev.averment.checks.target;

import dev.averment.checks.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Routes that answered alike, as one subject with the list of them under {@code routes}: an application has hundreds of
 * routes and a handful of ways to answer, and an entry of the evidence log is bounded.
 */
public final class RouteGroups {
    private final Map<Map<String, Object>, List<String>> groups = new LinkedHashMap<>();

    /** Notes that {@code route} answered with {@code facts}. */
    public void add(String route, Map<String, Object> facts) {
        List<String> routes = groups.computeIfAbsent(Map.copyOf(facts), alike -> new ArrayList<>());
        if (!routes.contains(route)) {
            routes.add(route);
        }
    }

    /** A subject a group, named by its first route and how many are like it. */
    public List<Subject> subjects() {
        List<Subject> subjects = new ArrayList<>();
        groups.forEach((facts, routes) -> {
            Map<String, Object> all = new LinkedHashMap<>(facts);
            all.put("routes", List.copyOf(routes));
            subjects.add(new Subject(
                    routes.size() == 1
                            ? routes.getFirst()
                            : routes.getFirst() + " and " + (routes.size() - 1) + " more",
                    all));
        });
        return subjects;
    }
}
