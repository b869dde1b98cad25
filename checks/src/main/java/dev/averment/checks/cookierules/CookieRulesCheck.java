package dev.averment.checks.cookierules;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code cookie-rules}. */
public final class CookieRulesCheck implements CheckType {

    @Override
    public String name() {
        return "cookie-rules";
    }

    @Override
    public String description() {
        return "Reads the attributes of every cookie that signing in sets, sends them back with altered signatures, and reads how"
                + " old the key is that signs them.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(),
                List.of(
                        new Setting("sameSite", Kind.TEXT, false, "SameSite of every cookie: Lax or Strict."),
                        new Setting("httpOnly", Kind.BOOLEAN, false, "true when they must have HttpOnly."),
                        new Setting("secure", Kind.BOOLEAN, false, "true when they must have Secure."),
                        new Setting(
                                "signature",
                                Kind.TEXT,
                                false,
                                "rotating when the key that signs must be replaced when its life is over."),
                        new Setting(
                                "overlap",
                                Kind.TEXT,
                                false,
                                "bounded when a replaced key must be accepted for no longer than a key signs.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "Only cookies are seen that signing in with a password through the interface sets; a cookie that a renewal, a"
                        + " passkey or another route sets is not.",
                "What a browser does with the attributes is the browser's part.",
                "That a replaced key is refused when its overlap is over is read from what the service says of its keys; no"
                        + " cookie of such a key is made.",
                "Altering the signature shows that it is looked at, not that the key can't be guessed.");
    }

    @Override
    public Collector collector() {
        return new CookieRulesCollector();
    }

    @Override
    public Judge judge() {
        return new CookieRulesJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        return new Facts(
                now,
                List.of(new Subject(
                        "the cookie __Host-session",
                        Map.of(
                                "hostPrefix", true,
                                "httpOnly", true,
                                "secure", true,
                                "sameSite",
                                        new SettingReader(expect)
                                                .text("sameSite")
                                                .orElse("Strict"),
                                "path", "/",
                                "domain", "",
                                "alteredAccepted", false,
                                "accepted", true))),
                Map.of(
                        "keys", 1L,
                        "newestKey", now.minus(Duration.ofDays(3)).toString(),
                        "keyLife", Duration.ofDays(30).toString(),
                        "keyOverlap", Duration.ofDays(7).toString()));
    }
}
