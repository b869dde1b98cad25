package dev.averment.checks.authenticationevents;

import dev.averment.checks.CollectException;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Subject;
import dev.averment.checks.signin.Canary;
import dev.averment.checks.signin.Factors;
import dev.averment.checks.signin.Member;
import dev.averment.checks.target.SignInService;
import dev.averment.checks.target.SignInService.AuthenticationLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Causes outcomes, then reads what was written down about this one visitor. */
final class AuthenticationEventsCollector implements Collector {
    /** The operator shuts an account by hand; only a flood makes the server shed a password. */
    static final List<String> NOT_FROM_OUTSIDE = List.of("auth.sign_in_disabled", "auth.sign_in_shed");

    /**
     * Beginnings of outcomes that take a provider, which this look has not; and the end of an account, with which the addresses
     * go by which this look tells its own entries.
     */
    static final List<String> NOT_LOOKED_AT = List.of("auth.account_deleted", "auth.provider_");

    /** Where the page demands no factor of operators, none is missing. */
    private static final String FACTOR_MISSING = "auth.operator_factor_missing";

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
        var tally = new Tally();
        var factors = new CausedByFactors(Factors.of(service), Member.workspaces(service), look.clock(), tally);
        try (Canary canary = Canary.stranger(service)) {
            new Caused(service, canary, tally).all();
            try (Canary withApp = Canary.beside(canary);
                    Canary operator = Canary.beside(canary)) {
                factors.app(withApp);
                boolean demanded = factors.passkey(operator);
                List<String> outside = demanded
                        ? NOT_FROM_OUTSIDE
                        : Stream.concat(NOT_FROM_OUTSIDE.stream(), Stream.of(FACTOR_MISSING))
                                .toList();
                return facts(look, log, canary, tally, from, outside);
            }
        }
    }

    private static Facts facts(
            Look look, AuthenticationLog log, Canary canary, Tally tally, Instant from, List<String> outside)
            throws CollectException {
        Map<String, Long> entries = new HashMap<>();
        var secrets = new TreeSet<String>();
        for (AuthenticationLog.Entry entry : log.entries(canary.visitor(), from)) {
            entries.merge(entry.action(), 1L, Long::sum);
            secrets.addAll(tally.secretsIn(entry.bytes()));
        }
        var actions = new TreeSet<>(tally.counts().keySet());
        actions.addAll(entries.keySet());
        List<Subject> subjects = new ArrayList<>();
        for (String action : actions) {
            subjects.add(new Subject(
                    action,
                    Map.of(
                            "caused", tally.counts().getOrDefault(action, 0L),
                            "entries", entries.getOrDefault(action, 0L))));
        }
        return new Facts(
                look.clock().instant(),
                subjects,
                Map.of(
                        "outcomes",
                        List.copyOf(new TreeSet<>(log.outcomes())),
                        "notFromOutside",
                        outside,
                        "notLookedAt",
                        NOT_LOOKED_AT,
                        "secrets",
                        List.copyOf(secrets)));
    }
}
