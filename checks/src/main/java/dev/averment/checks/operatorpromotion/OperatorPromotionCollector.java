package dev.averment.checks.operatorpromotion;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.target.SignInPaths;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.SignInService.AccountRecords;
import dev.averment.checks.target.SignInService.Promotion;
import dev.averment.checks.target.Web;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks for promotion in every way that a body or an address allows. */
final class OperatorPromotionCollector implements Collector {
    /** What applications call it. */
    private static final String[] ROLE = {
        "operator", "true",
        "is_operator", "true",
        "isOperator", "true",
        "admin", "true",
        "is_admin", "true",
        "isAdmin", "true",
        "superuser", "true",
        "role", "operator",
        "roles", "operator,admin,owner",
        "permissions", "*"
    };

    private static final String QUERY =
            "?operator=true&is_operator=true&admin=true&is_admin=true&role=operator&roles=admin";

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        AccountRecords records = service.records()
                .orElseThrow(
                        () -> new CollectException("The target shows nothing of who is an operator; give the sign-in of"
                                + " the target file a way to it."));
        List<Subject> subjects = new ArrayList<>();
        try (Canary outsider = Canary.stranger(service)) {
            SignInPaths paths = service.paths();
            String[] account = {"email", outsider.address(), "name", "operator", "password", outsider.password()};
            long status = outsider.post(paths.signUp(), joined(account, ROLE)).status();
            subjects.add(route("POST " + paths.signUp() + " with role fields", status, records, outsider.address()));
        }
        long routes = 0;
        try (Canary canary = Canary.confirmed(service)) {
            Credentials credentials = canary.signedIn();
            for (Web.Route route : changing(canary.visitor().web(), service.paths())) {
                if (!canary.opens(credentials)) {
                    credentials = canary.signedIn();
                }
                subjects.addAll(tried(canary, credentials, service.paths(), records, route));
                routes++;
            }
            for (Promotion attempt : records.attemptPromotion(canary.address())) {
                subjects.add(new Subject(
                        attempt.role() + ", by " + attempt.way(),
                        Map.of("kind", "role", "refused", attempt.refused(), "sqlState", attempt.sqlState())));
            }
        }
        return new Facts(look.clock().instant(), subjects, Map.of("routes", routes));
    }

    /** Those that end sessions come last; the one that deletes the account has nobody left to promote. */
    private static List<Web.Route> changing(Web web, SignInPaths paths) {
        return web.routes().stream()
                .filter(route -> !route.reads())
                .filter(route ->
                        !(route.method().equals("DELETE") && route.path().equals(paths.account())))
                .sorted(Comparator.comparing(
                        route -> route.method().equals("DELETE") || route.path().equals(paths.signOut())))
                .toList();
    }

    private static List<Subject> tried(
            Canary canary, Credentials credentials, SignInPaths paths, AccountRecords records, Web.Route route)
            throws CollectException {
        List<Subject> tried = new ArrayList<>();
        String[] body = body(canary, paths, route);
        long inBody = canary.send(credentials, route.method(), route.path(), joined(body, ROLE))
                .status();
        tried.add(route(route + " with role fields", inBody, records, canary.address()));
        // Where unknown fields are refused, the fields that are known must be tried without them.
        long inQuery = canary.send(credentials, route.method(), route.path() + QUERY, body)
                .status();
        tried.add(route(route + " with a role in the address", inQuery, records, canary.address()));
        return tried;
    }

    private static Subject route(String name, long status, AccountRecords records, String address)
            throws CollectException {
        return new Subject(name, Map.of("kind", "route", "status", status, "promoted", records.operator(address)));
    }

    /** A body that the route would take, where it is known; changes of the way to sign in are made to fail. */
    private static String[] body(Canary canary, SignInPaths paths, Web.Route route) {
        Map<String, String[]> known = new HashMap<>();
        known.put("PATCH " + paths.account(), new String[] {"name", "operator"});
        known.put("POST " + paths.proof(), new String[] {"password", canary.password()});
        known.put("POST " + paths.password(), new String[] {"current", "not this one", "wanted", Canary.newPassword()});
        known.put("POST " + paths.address(), new String[] {"email", "operator"});
        known.put("POST " + paths.reset(), new String[] {"email", canary.address()});
        known.put("POST " + paths.verify(), new String[] {"code", "operator"});
        known.put("POST " + paths.confirmAddress(), new String[] {"code", "operator"});
        known.put("POST " + paths.confirmReset(), new String[] {"code", "operator", "password", Canary.newPassword()});
        known.put("POST " + paths.signIn(), new String[] {"email", canary.address(), "password", canary.password()});
        return Optional.ofNullable(known.get(route.toString())).orElse(new String[] {"name", "operator"});
    }

    private static String[] joined(String[] one, String[] other) {
        return Stream.concat(Arrays.stream(one), Arrays.stream(other)).toArray(String[]::new);
    }
}
