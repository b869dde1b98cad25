package dev.averment.checks.authenticationevents;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code authentication-events}. */
public final class AuthenticationEventsCheck implements CheckType {

    @Override
    public String name() {
        return "authentication-events";
    }

    @Override
    public String description() {
        return "Causes every outcome of authentication that can be caused from outside, and counts the entries that each left"
                + " in the log.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting(
                                "outcomes",
                                Kind.TEXT,
                                false,
                                "all when every outcome that the service knows must have been caused."),
                        new Setting("entries", Kind.TEXT, false, "one-each, which is asked for in any case.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Outcomes of signing in with others are not caused: that takes a provider. Nor is the end of an account: the"
                        + " addresses go with it by which this look tells its own entries.",
                "Two outcomes can't be caused from outside and are not looked at: signing in to an account that the operator has"
                        + " shut, and a password that was not looked at because the server had no room for it. Where the page"
                        + " demands no factor of operators, none can be missing. Of attempts that a limit turns away, only the"
                        + " first is counted.",
                "Which entries are this check's own is told by the client's address beside them, which only the server's own"
                        + " machine can read.",
                "Entries are counted and searched for secrets and addresses; whether the rest of what they say is true is not"
                        + " judged.",
                "That nobody takes an entry away later is the log's own part.");
    }

    @Override
    public Collector collector() {
        return new AuthenticationEventsCollector();
    }

    @Override
    public Judge judge() {
        return new AuthenticationEventsJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject("auth.signed_in", Map.of("caused", 5L, "entries", 5L)),
                        new Subject("auth.sign_in_wrong_password", Map.of("caused", 1L, "entries", 1L))),
                Map.of(
                        "outcomes",
                        List.of("auth.sign_in_shed", "auth.sign_in_wrong_password", "auth.signed_in"),
                        "notFromOutside",
                        AuthenticationEventsCollector.NOT_FROM_OUTSIDE,
                        "notLookedAt",
                        AuthenticationEventsCollector.NOT_LOOKED_AT,
                        "secrets",
                        List.of()));
    }
}
