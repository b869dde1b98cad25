package dev.averment.checks.authenticationevents;

import dev.averment.checks.CollectException;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Credentials;
import dev.averment.checks.target.WebFetch.Answer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What was caused so far, and what must not stand in any entry about it. */
final class Tally {
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final List<Secret> secrets = new ArrayList<>();

    private record Secret(String what, String text) {}

    /** How often each outcome was caused. */
    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** Which kinds of secret or personal value stand in {@code entry}. */
    List<String> secretsIn(byte[] entry) {
        String text = new String(entry, StandardCharsets.UTF_8);
        var found = new TreeSet<String>();
        for (Secret secret : secrets) {
            if (text.contains(secret.text())) {
                found.add(secret.what());
            }
        }
        return List.copyOf(found);
    }

    void left(String outcome) {
        counts.merge("auth." + outcome, 1L, Long::sum);
    }

    /** Expects {@code status}, which says that the outcome came about. */
    Answer step(Canary canary, int status, Answer answer, String outcome) throws CollectException {
        canary.expect(status, answer, "The step that leaves auth." + outcome);
        left(outcome);
        return answer;
    }

    void secret(String what, String text) {
        if (!text.isEmpty()) {
            secrets.add(new Secret(what, text));
        }
    }

    /** Notes what somebody is and holds. */
    void person(Canary canary) {
        secret("a password", canary.password());
        secret("a mail address", canary.address());
    }

    Credentials kept(Credentials credentials) {
        secret("an access token", credentials.accessToken());
        credentials.cookies().forEach(cookie -> secret("a cookie", cookie.value()));
        return credentials;
    }
}
