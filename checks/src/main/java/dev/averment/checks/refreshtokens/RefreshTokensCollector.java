package dev.averment.checks.refreshtokens;

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
import java.util.Optional;

/** Exchanges refresh tokens as a browser does, and as a thief would. */
final class RefreshTokensCollector implements Collector {
    static final String ROTATION = "exchanging a token";
    static final String REPLAY = "a used token, shown again";
    static final String FAMILY = "the other tokens of that sign-in, afterwards";

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        List<Subject> subjects = new ArrayList<>();
        try (Canary canary = Canary.confirmed(service)) {
            Credentials first = canary.signedIn();
            for (SetCookie cookie : first.cookies()) {
                subjects.add(new Subject(
                        "the cookie " + cookie.name(),
                        Map.of(
                                "httpOnly", cookie.has("httponly"),
                                "secure", cookie.has("secure"),
                                "sameSite", cookie.attribute("samesite"),
                                "path", cookie.attribute("path"),
                                "domain", cookie.attribute("domain"))));
            }
            Optional<Credentials> second = canary.refresh(first);
            Map<String, Object> rotation = new HashMap<>();
            rotation.put("exchanged", second.isPresent());
            rotation.put("new", second.isPresent() && differ(first, second.get()));
            if (second.isPresent()) {
                // A second tab that asks at the same moment gets the token that the first one got, or none.
                rotation.put(
                        "atOnceAgain",
                        canary.refresh(first)
                                .map(again -> differ(again, second.get()) ? "another token" : "the same token")
                                .orElse("refused"));
                canary.opens(second.get());
                Optional<Credentials> third = canary.refresh(second.get());
                rotation.put("exchangedAgain", third.isPresent());
                if (third.isPresent()) {
                    boolean live = canary.opens(third.get());
                    subjects.add(new Subject(
                            REPLAY,
                            Map.of(
                                    "before",
                                    live,
                                    "accepted",
                                    canary.refresh(first).isPresent())));
                    boolean opens = canary.opens(third.get());
                    subjects.add(new Subject(
                            FAMILY,
                            Map.of(
                                    "accessToken",
                                    opens,
                                    "refreshToken",
                                    canary.refresh(third.get()).isPresent())));
                }
            }
            subjects.add(new Subject(ROTATION, rotation));
        }
        return new Facts(look.clock().instant(), subjects, Map.of());
    }

    private static boolean differ(Credentials one, Credentials other) {
        return !values(one).equals(values(other));
    }

    private static List<String> values(Credentials credentials) {
        return credentials.cookies().stream()
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .sorted()
                .toList();
    }
}
