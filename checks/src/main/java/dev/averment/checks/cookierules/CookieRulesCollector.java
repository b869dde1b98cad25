package dev.averment.checks.cookierules;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.signin.SetCookie;
import dev.averment.checks.target.SignInService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Signs in and looks at whatever cookies came of it. */
final class CookieRulesCollector implements Collector {

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        List<Subject> subjects = new ArrayList<>();
        Map<String, Object> values = new HashMap<>();
        try (Canary canary = Canary.confirmed(service)) {
            Credentials credentials = canary.signedIn();
            for (SetCookie cookie : credentials.cookies()) {
                Credentials only = credentials.with(List.of(cookie));
                Credentials altered = credentials.with(List.of(cookie.valued(altered(cookie.value()))));
                boolean alteredAccepted = accepted(canary, altered);
                subjects.add(new Subject(
                        "the cookie " + cookie.name(),
                        Map.of(
                                "hostPrefix", cookie.name().startsWith("__Host-"),
                                "httpOnly", cookie.has("httponly"),
                                "secure", cookie.has("secure"),
                                "sameSite", cookie.attribute("samesite"),
                                "path", cookie.attribute("path"),
                                "domain", cookie.attribute("domain"),
                                "alteredAccepted", alteredAccepted,
                                "accepted", accepted(canary, only))));
            }
        }
        service.cookieKeys(look.page()).ifPresent(keys -> {
            values.put("keys", (long) keys.count());
            values.put("newestKey", keys.newest().toString());
            values.put("keyLife", keys.life().toString());
            values.put("keyOverlap", keys.overlap().toString());
        });
        return new Facts(look.clock().instant(), subjects, values);
    }

    /** By whichever use the cookie has: to open the account, or to be exchanged. */
    private static boolean accepted(Canary canary, Credentials credentials) throws CollectException {
        return canary.cookiesOpen(canary.visitor().web(), credentials)
                || canary.refresh(credentials).isPresent();
    }

    /** Not the last character: in base64 some of its bits may mean nothing. */
    private static String altered(String value) {
        int at = Math.max(0, value.length() - 10);
        return value.substring(0, at) + (value.startsWith("A", at) ? 'B' : 'A') + value.substring(at + 1);
    }
}
