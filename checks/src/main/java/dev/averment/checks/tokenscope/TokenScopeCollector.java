package dev.averment.checks.tokenscope;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.Web.Route;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.target.WorkspaceService;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A token for each scope, on every route that asks for credentials. */
final class TokenScopeCollector implements Collector {
    static final String LIVES = "lives";
    static final String EXPIRED = "an expired token";
    private static final List<String> TRIED_LIVES = List.of("1h", "90d");

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        WorkspaceService workspaces = Member.workspaces(service);
        List<Subject> subjects = new ArrayList<>();
        List<String> scopes = workspaces.scopes().stream().sorted().toList();
        try (Canary canary = Canary.confirmed(service)) {
            Member member = Member.of(canary, canary.signedIn(), workspaces, workspaces.otherWorkspace());
            subjects.add(lives(look, member, scopes));
            subjects.add(expired(canary, member, workspaces, scopes));
            Map<String, String> tokens = new TreeMap<>();
            for (String scope : scopes) {
                tokens.put(scope, member.token(List.of(scope), "1h").text());
            }
            List<Route> routes = canary.visitor().web().routes().stream()
                    .filter(Route::authenticated)
                    .toList();
            var bodies = new Bodies(service, canary, member, workspaces.path());
            for (Route route : routes) {
                subjects.add(tried(canary, workspaces, bodies, route, tokens));
            }
            bodies.undo();
            return new Facts(
                    look.clock().instant(), subjects, Map.of("scopes", scopes, "routes", (long) routes.size()));
        }
    }

    /** How one route answers to each scope. */
    private static Subject tried(
            Canary canary, WorkspaceService workspaces, Bodies bodies, Route route, Map<String, String> tokens)
            throws CollectException {
        Map<String, String> values = Map.of("workspace", workspaces.otherWorkspace());
        String path = route.template().startsWith(workspaces.path() + "/") ? route.filled(values) : route.path();
        // What is left names a record that is nobody's: a token that may look for it finds nothing.
        path = path.replaceAll("\\{[^}]*}", Bodies.NOBODY);
        List<String> opened = new ArrayList<>();
        List<String> unclear = new ArrayList<>();
        for (var token : tokens.entrySet()) {
            byte[] body = bodies.of(route);
            Answer answer = canary.program(token.getValue(), route.method(), path, body);
            bodies.did(route, answer);
            switch (answer.status()) {
                case 401, 403 -> {}
                case 404 -> {
                    // A route of a workspace that finds nothing was let through, and so was one that tokens have a
                    // scope
                    // for; elsewhere 404 is how a door is kept shut.
                    if (route.template().startsWith(workspaces.path() + "/")
                            || workspaces.scopes().contains(route.needs())) {
                        opened.add(token.getKey());
                    }
                }
                case 400, 405, 415, 429, 500, 503 -> unclear.add(token.getKey());
                default -> opened.add(token.getKey());
            }
        }
        return new Subject(
                route.method() + " " + route.template(),
                Map.of("declared", route.needs(), "opened", opened, "unclear", unclear));
    }

    /** Whether tokens live as long as their maker says. */
    private static Subject lives(Look look, Member member, List<String> scopes) throws CollectException {
        List<String> wrong = new ArrayList<>();
        for (String life : TRIED_LIVES) {
            Instant wanted = look.clock().instant().plus(life.equals("1h") ? Duration.ofHours(1) : Duration.ofDays(90));
            String expires = member.token(List.of(scopes.getFirst()), life).expires();
            try {
                if (Duration.between(wanted, Instant.parse(expires)).abs().compareTo(Duration.ofMinutes(1)) > 0) {
                    wrong.add(life);
                }
            } catch (DateTimeParseException e) {
                wrong.add(life);
            }
        }
        return new Subject(LIVES, Map.of("tried", TRIED_LIVES, "wrong", wrong));
    }

    private static Subject expired(Canary canary, Member member, WorkspaceService workspaces, List<String> scopes)
            throws CollectException {
        Member.Token token = member.token(scopes, "1h");
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("before", accepted(canary, member, token));
        workspaces.expireToken(token.id());
        facts.put("accepted", accepted(canary, member, token));
        return new Subject(EXPIRED, facts);
    }

    private static boolean accepted(Canary canary, Member member, Member.Token token) throws CollectException {
        return canary.program(token.text(), "GET", member.path(), new byte[0]).status() == 200;
    }
}
