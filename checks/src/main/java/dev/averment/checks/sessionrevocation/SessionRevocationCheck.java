package dev.averment.checks.sessionrevocation;

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

/** {@code session-revocation}. */
public final class SessionRevocationCheck implements CheckType {

    @Override
    public String name() {
        return "session-revocation";
    }

    @Override
    public String description() {
        return "Ends sessions in every way there is, and tries the older ones at their very next request.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(
                        new Setting(
                                "causes",
                                Kind.LIST,
                                false,
                                "Ways of revoking: session-ended, password-change, sign-out-everywhere, operator; all by"
                                        + " default."),
                        new Setting(
                                "replicas",
                                Kind.TEXT,
                                false,
                                "separate: older sessions are tried on every server of the service, which is done anyway.")),
                List.of(new Setting("refused", Kind.TEXT, false, "When: next-request.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Where the service is one process, nothing is shown of how a second one would learn of it; the facts say on how"
                        + " many servers older sessions were tried.",
                "Requests that were under way at the moment of revocation are not looked at.",
                "What an operator does by hand is done in the database by the role that signs people in.",
                "Tokens for programs are not sessions and are not looked at here.");
    }

    @Override
    public Collector collector() {
        return new SessionRevocationCollector();
    }

    @Override
    public Judge judge() {
        return new SessionRevocationJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                SessionRevocationCollector.ALL.stream()
                        .map(cause -> new Subject(
                                cause,
                                Map.of(
                                        "acceptedBefore", true,
                                        "sessions", 1L,
                                        "accessToken", false,
                                        "cookies", false,
                                        "refreshToken", false)))
                        .toList(),
                Map.of("servers", 1L, "causes", SessionRevocationCollector.ALL));
    }
}
