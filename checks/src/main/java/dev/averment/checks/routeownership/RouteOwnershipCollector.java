package dev.averment.checks.routeownership;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInPaths;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web.Route;
import dev.averment.checks.target.WorkspaceService;
import dev.averment.evidence.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One person has something of everything; another one, of another workspace, reaches for it on every route. */
final class RouteOwnershipCollector implements Collector {
    static final String WITHOUT_IDS = "routes whose address names no record";

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        WorkspaceService workspaces = Member.workspaces(service);
        try (Canary owner = Canary.confirmed(service);
                Canary visitor = Canary.beside(owner)) {
            var possessions = new Possessions(service, workspaces, owner, look.clock());
            try {
                Reach reach = new Reach(service, workspaces, possessions, visitor);
                List<Route> routes = reach.mutating();
                List<Subject> subjects = reach.all(routes);
                return new Facts(look.clock().instant(), subjects, Map.of("routes", (long) routes.size()));
            } finally {
                service.mailbox().discard(possessions.invited());
                possessions.close();
            }
        }
    }

    /** The other person, signed in and the owner of another workspace. */
    private static final class Reach {
        private final SignInService service;
        private final WorkspaceService workspaces;
        private final Possessions possessions;
        private final Canary visitor;
        private final String visitorId;
        private Credentials credentials;
        private Map<String, String> before;

        Reach(SignInService service, WorkspaceService workspaces, Possessions possessions, Canary visitor)
                throws CollectException {
            this.service = service;
            this.workspaces = workspaces;
            this.possessions = possessions;
            this.visitor = visitor;
            this.credentials = visitor.signedIn();
            this.visitorId = visitor.id(credentials);
            visitor.join(workspaces, workspaces.otherWorkspace(), "owner");
            this.before = digests();
        }

        private Map<String, String> digests() throws CollectException {
            return workspaces.digests(workspaces.workspace(), possessions.account(), visitorId);
        }

        /** Tables that are not as they were at the last look. */
        private List<String> changed() throws CollectException {
            Map<String, String> now = digests();
            List<String> tables = now.entrySet().stream()
                    .filter(table -> !table.getValue().equals(before.get(table.getKey())))
                    .map(Map.Entry::getKey)
                    .toList();
            before = now;
            return tables;
        }

        /** Those that end the visitor's own session or account come last. */
        List<Route> mutating() {
            SignInPaths paths = service.paths();
            return visitor.visitor().web().routes().stream()
                    .filter(route -> !route.reads())
                    .sorted(Comparator.comparingInt(route -> route.path().equals(paths.account())
                                    && route.method().equals("DELETE")
                            ? 2
                            : route.path().equals(paths.signOut())
                                            || route.path().equals(paths.sessions())
                                    ? 1
                                    : 0))
                    .toList();
        }

        List<Subject> all(List<Route> routes) throws CollectException {
            List<Subject> subjects = new ArrayList<>();
            for (Route route : routes) {
                if (!route.variables().isEmpty()) {
                    subjects.add(tried(route));
                }
            }
            List<String> without = new ArrayList<>();
            for (Route route : routes) {
                if (route.variables().isEmpty()) {
                    // Where no record is named in the address, one is named beside it, as a careless handler might read
                    // it.
                    send(route, route.path() + query(), body(route));
                    without.add(route.method() + " " + route.path());
                }
            }
            if (!without.isEmpty()) {
                subjects.add(new Subject(
                        WITHOUT_IDS, Map.of("kind", "without-ids", "routes", without, "changed", changed())));
            }
            return subjects;
        }

        private Subject tried(Route route) throws CollectException {
            String name = route.method() + " " + route.template();
            Map<String, String> foreign = new HashMap<>(possessions.ids());
            // A page is a record of the operator's workspace, which is another one, too.
            if (!route.template().startsWith(workspaces.path())
                    && route.variables().contains("page")) {
                foreign.put("page", segment(route, "{page}"));
            }
            List<String> unknown = route.variables().stream()
                    .filter(variable -> !foreign.containsKey(variable))
                    .toList();
            if (!unknown.isEmpty()) {
                return new Subject(name, Map.of("kind", "not-tried", "unknown", unknown));
            }
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("kind", "by-id");
            facts.put("foreign", send(route, route.filled(foreign), body(route)));
            if (route.variables().contains("workspace") && route.variables().size() > 1) {
                Map<String, String> inOwn = new HashMap<>(foreign);
                inOwn.put("workspace", workspaces.otherWorkspace());
                facts.put("foreignInOwnWorkspace", send(route, route.filled(inOwn), body(route)));
            }
            facts.put("changed", changed());
            return new Subject(name, facts);
        }

        /** What the application itself puts in the variable's place. */
        private static String segment(Route route, String variable) {
            List<String> template = List.of(route.template().split("/", -1));
            String[] path = route.path().split("/", -1);
            int at = template.indexOf(variable);
            return at >= 0 && at < path.length ? path[at] : "none";
        }

        private long send(Route route, String path, JsonObject body) throws CollectException {
            if (!visitor.opens(credentials)) {
                credentials = visitor.signedIn();
            }
            if (route.method().equals("POST") && !route.template().startsWith("/api/")) {
                // A page's own form: it takes fields and no object.
                return visitor.form(credentials, path, fields(route)).status();
            }
            return (route.method().equals("DELETE")
                            ? visitor.send(credentials, route.method(), path)
                            : visitor.send(credentials, route.method(), path, body))
                    .status();
        }

        private String query() {
            StringBuilder query = new StringBuilder();
            possessions
                    .ids()
                    .forEach((variable, id) -> query.append(query.isEmpty() ? '?' : '&')
                            .append(variable)
                            .append('=')
                            .append(id));
            return query.toString();
        }

        private static Map<String, String> fields(Route route) {
            return route.template().endsWith("/role")
                    ? Map.of("role", "viewer")
                    : Map.of("name", "Taken over", "email", "taken@example.org", "role", "viewer");
        }

        /** What the route would take of somebody who may. */
        private JsonObject body(Route route) {
            String path = route.template();
            if (path.equals(workspaces.path() + "/{workspace}")
                    || path.endsWith("/{workspace}/deletion")
                    || path.endsWith("/passkeys/{passkey}")) {
                return JsonObject.of("name", "Taken over");
            }
            if (path.endsWith("/members/{account}")) {
                return JsonObject.of("role", "viewer");
            }
            if (path.endsWith("{workspace}/invitations")) {
                return JsonObject.of("email", visitor.address(), "role", "viewer");
            }
            if (path.endsWith("{workspace}/tokens")) {
                return JsonObject.of("name", "Canary", "scopes", List.of("workspace:read"), "life", "1h");
            }
            if (path.endsWith("/incidents")) {
                // Of an owner who is nobody: whoever is let through opens none.
                return JsonObject.of(
                        "title", "Canary", "severity", "P3", "owner", possessions.account(), "text", "Canary");
            }
            if (path.endsWith("/incidents/{incident}/assign")) {
                return JsonObject.of("owner", possessions.account());
            }
            if (path.endsWith("/incidents/{incident}/notes") || path.endsWith("/incidents/{incident}/updates")) {
                return JsonObject.of("text", "Canary");
            }
            if (path.endsWith("/incidents/{incident}/severity")) {
                return JsonObject.of("severity", "P3", "reason", "Canary");
            }
            if (path.endsWith("/incidents/{incident}/resolve") || path.endsWith("/incidents/{incident}/reopen")) {
                return JsonObject.of("reason", "Canary");
            }
            if (path.endsWith("/incidents/{incident}/reviews")) {
                return JsonObject.of("happened", "Canary", "cause", "Canary", "actions", "Canary");
            }
            if (path.endsWith("{workspace}/escalation")) {
                return JsonObject.of("steps", List.of());
            }
            if (path.endsWith("{workspace}/incident-rules")) {
                return JsonObject.of("rules", List.of());
            }
            if (path.endsWith("{workspace}/calendar")) {
                return JsonObject.of("zone", "UTC", "region", "", "week", "mo-fr 09:00-17:00", "closures", "");
            }
            if (path.endsWith("{workspace}/monitors") || path.endsWith("/monitors/{monitor}")) {
                return JsonObject.of("name", "Taken over", "everySeconds", 86_400L);
            }
            if (path.endsWith("/runs/{run}/notes")) {
                return JsonObject.of("note", "Canary");
            }
            if (path.endsWith("/{monitor}/maintenance")) {
                return JsonObject.of("from", "2099-01-01T00:00:00Z", "to", "2099-01-02T00:00:00Z", "reason", "Canary");
            }
            if (path.endsWith("/{monitor}/tokens")) {
                return JsonObject.of("name", "Canary", "life", "1d");
            }
            if (path.endsWith("/{token}/rotation")) {
                return JsonObject.of("life", "1d", "overlap", "1h");
            }
            if (path.endsWith("{workspace}/channels")) {
                return JsonObject.of(
                        "kind", "email", "name", "Canary", "settings", JsonObject.of("to", List.of(visitor.address())));
            }
            return JsonObject.of();
        }
    }
}
