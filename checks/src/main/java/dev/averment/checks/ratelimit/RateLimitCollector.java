package dev.averment.checks.ratelimit;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.WebFetch;
import dev.averment.checks.target.WebFetch.Answer;
import dev.averment.checks.tries.Tries;
import dev.averment.evidence.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tries one way in after the other, on all servers in turn: a wrong password, and resets for an address without account. */
final class RateLimitCollector implements Collector {
    static final String SIGN_IN = "sign-in";
    static final String RESET = "reset";

    static final int TRIES = 40;
    static final int MOST_TRIES = 1_000;

    @Override
    public Facts collect(Look look) throws CollectException {
        var with = new SettingReader(look.with());
        List<String> paths = with.texts("paths");
        int tries = Tries.read(with, TRIES, MOST_TRIES);
        for (String path : paths) {
            if (!path.equals(SIGN_IN) && !path.equals(RESET)) {
                throw SettingReader.refused("paths", path, "a list of sign-in and reset");
            }
        }
        SignInService service = look.target().require(SignInService.class);
        List<Subject> subjects = new ArrayList<>();
        try (Canary canary = Canary.stranger(service)) {
            SignInService.Visitor visitor = canary.visitor();
            for (String path : paths.isEmpty() ? List.of(SIGN_IN, RESET) : paths) {
                if (path.equals(SIGN_IN) && service.records().isPresent()) {
                    // With an account whose stored hash is a cheap one, the server spends no time on wrong passwords.
                    canary.expect(202, canary.signUp(), "Signing up a canary account");
                    canary.weakenStoredPassword();
                }
                String address = path.equals(SIGN_IN) ? canary.address() : service.newAddress();
                subjects.add(until(service, visitor, path, address, tries));
            }
            return new Facts(look.clock().instant(), subjects, Map.of("servers", (long)
                    visitor.servers().size()));
        }
    }

    private static Subject until(
            SignInService service, SignInService.Visitor visitor, String path, String address, int tries)
            throws CollectException {
        byte[] body = path.equals(SIGN_IN)
                ? JsonObject.of("email", address, "password", Canary.newPassword())
                        .canonical()
                : JsonObject.of("email", address).canonical();
        String at = path.equals(SIGN_IN)
                ? service.paths().signIn()
                : service.paths().reset();
        return Tries.untilRefused(path, visitor.servers(), tries, server -> {
            Answer answer =
                    WebFetch.send(server, server.base(), "POST", at, Map.of("Content-Type", "application/json"), body);
            if (answer.status() >= 500 || answer.status() == 404) {
                throw new CollectException("Trying " + path + " was answered with status " + answer.status()
                        + "; see that the path of the target is right and run the check again.");
            }
            return answer;
        });
    }
}
