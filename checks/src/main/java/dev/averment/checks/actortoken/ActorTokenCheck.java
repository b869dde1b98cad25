package dev.averment.checks.actortoken;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code actor-token}. */
public final class ActorTokenCheck implements CheckType {

    @Override
    public String name() {
        return "actor-token";
    }

    @Override
    public String description() {
        return "Calls one service as another, on behalf of a person, with good tokens and with unsigned, expired, replayed,"
                + " altered and misdirected ones.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting(
                        "processes",
                        Kind.TEXT,
                        false,
                        "separate: caller and callee must be two processes; they always are, and the facts say so.")),
                List.of(
                        new Setting("signature", Kind.TEXT, false, "hmac: the tokens must be signed with HS256."),
                        new Setting(
                                "identifierFrom",
                                Kind.TEXT,
                                false,
                                "token-only: ids in parameters and other headers must change nothing."),
                        new Setting(
                                "serviceAuthentication",
                                Kind.TEXT,
                                false,
                                "required: an actor's token alone must open nothing."),
                        new Setting(
                                "refused",
                                Kind.LIST,
                                false,
                                "What must have been tried and refused: unsigned, expired, replayed, altered."),
                        new Setting(
                                "lifetime",
                                Kind.MAP,
                                false,
                                "How long a token may live: max, a duration; a minute where the page is silent.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Expired tokens and those that come too early are made with the services' own key, not waited for: a clock that"
                        + " stands still would not be noticed.",
                "One pair of services and one route are tried; that other services keep to the same rules is not shown.",
                "Whoever holds the key of a pair can vouch for anybody in that caller's name: that a service vouches only for"
                        + " those who asked it is not shown.");
    }

    @Override
    public Collector collector() {
        return new ActorTokenCollector();
    }

    @Override
    public Judge judge() {
        return new ActorTokenJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        List<Subject> subjects = new ArrayList<>();
        subjects.add(new Subject(ActorTokenCollector.CONTROL, Map.of("accepted", true)));
        subjects.add(new Subject(ActorTokenCollector.TRULY_SIGNED, Map.of("accepted", true)));
        for (String name : ActorTokenCollector.ATTEMPTS) {
            subjects.add(new Subject(name, Map.of("accepted", false)));
        }
        return new Facts(
                now,
                subjects,
                Map.of(
                        "algorithm",
                        "HS256",
                        "identifierFrom",
                        "token",
                        "lifetimeSeconds",
                        60L,
                        "longestAcceptedSeconds",
                        60L,
                        "processes",
                        2L,
                        "keyPermissions",
                        "rw-------",
                        "keyOpenToOthers",
                        false,
                        "keys",
                        1L));
    }
}
