package dev.averment.checks.refreshtokens;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code refresh-tokens}. */
public final class RefreshTokensCheck implements CheckType {

    @Override
    public String name() {
        return "refresh-tokens";
    }

    @Override
    public String description() {
        return "Exchanges a refresh token twice, shows the first one again, and sees whether anything of that sign-in still"
                + " works.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("sameSite", Kind.TEXT, false, "SameSite of every cookie that signing in sets."),
                        new Setting("httpOnly", Kind.BOOLEAN, false, "true when they must have HttpOnly."),
                        new Setting("secure", Kind.BOOLEAN, false, "true when they must have Secure."),
                        new Setting(
                                "singleUse",
                                Kind.BOOLEAN,
                                false,
                                "true when every exchange must give a new token and a used one be refused."),
                        new Setting(
                                "replayRevokesFamily",
                                Kind.BOOLEAN,
                                false,
                                "true when showing a used one must end the sign-in.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "A used token is shown two exchanges later. The one before the last, within the seconds for which a second tab"
                        + " or a lost answer is allowed for, may be answered with the same new token again: that is not"
                        + " counted as a second use.",
                "What a browser does with the cookie's attributes is the browser's part.",
                "A thief who uses a copy before its owner does is noticed when the owner comes, not before.");
    }

    @Override
    public Collector collector() {
        return new RefreshTokensCollector();
    }

    @Override
    public Judge judge() {
        return new RefreshTokensJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(
                        new Subject(
                                RefreshTokensJudge.COOKIE + "__Host-refresh",
                                Map.of(
                                        "httpOnly",
                                        true,
                                        "secure",
                                        true,
                                        "sameSite",
                                        new SettingReader(expect)
                                                .text("sameSite")
                                                .orElse("Strict"),
                                        "path",
                                        "/",
                                        "domain",
                                        "")),
                        new Subject(
                                RefreshTokensCollector.ROTATION,
                                Map.of(
                                        "exchanged", true,
                                        "new", true,
                                        "atOnceAgain", "the same token",
                                        "exchangedAgain", true)),
                        new Subject(RefreshTokensCollector.REPLAY, Map.of("before", true, "accepted", false)),
                        new Subject(
                                RefreshTokensCollector.FAMILY, Map.of("accessToken", false, "refreshToken", false))),
                Map.of());
    }
}
