package dev.averment.checks.authenticationevents;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.SignInService.AuthenticationLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Causes outcomes, then reads what was written down about this one visitor. */
final class AuthenticationEventsCollector implements Collector {
    /** The operator shuts an account by hand; only a flood makes the server shed a password. */
    static final List<String> NOT_FROM_OUTSIDE = List.of("auth.sign_in_disabled", "auth.sign_in_shed");

    /** Beginnings of outcomes that need a second factor, a provider or a workspace: this look signs in by password alone. */
    static final List<String> NOT_LOOKED_AT = List.of(
            "auth.factor_",
            "auth.recovery_code",
            "auth.passkey_",
            "auth.operator_factor_",
            "auth.provider_",
            "auth.api_token_");

    /** Clocks of a check and of the server it looks at need not agree to the millisecond. */
    private static final long SLACK_SECONDS = 5;

    @Override
    public Facts collect(Look look) throws CollectException {
        SignInService service = look.target().require(SignInService.class);
        AuthenticationLog log = service.log()
                .orElseThrow(
                        () -> new CollectException("The target shows no entries about sign-ins; without them nobody can"
                                + " count what an outcome left."));
        Instant from = look.clock().instant().minusSeconds(SLACK_SECONDS);
        try (Canary canary = Canary.stranger(service)) {
            var caused = new Caused(service, canary);
            caused.all();
            Map<String, Long> entries = new HashMap<>();
            var secrets = new TreeSet<String>();
            for (AuthenticationLog.Entry entry : log.entries(canary.visitor(), from)) {
                entries.merge(entry.action(), 1L, Long::sum);
                secrets.addAll(caused.secretsIn(entry.bytes()));
            }
            var actions = new TreeSet<>(caused.counts().keySet());
            actions.addAll(entries.keySet());
            List<Subject> subjects = new ArrayList<>();
            for (String action : actions) {
                subjects.add(new Subject(
                        action,
                        Map.of(
                                "caused", caused.counts().getOrDefault(action, 0L),
                                "entries", entries.getOrDefault(action, 0L))));
            }
            return new Facts(
                    look.clock().instant(),
                    subjects,
                    Map.of(
                            "outcomes",
                            List.copyOf(new TreeSet<>(log.outcomes())),
                            "notFromOutside",
                            NOT_FROM_OUTSIDE,
                            "notLookedAt",
                            NOT_LOOKED_AT,
                            "secrets",
                            List.copyOf(secrets)));
        }
    }
}
