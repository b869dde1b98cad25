package dev.averment.checks.accountlinking;

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

/** {@code account-linking}. */
public final class AccountLinkingCheck implements CheckType {

    @Override
    public String name() {
        return "account-linking";
    }

    @Override
    public String description() {
        return "Links accounts of its own with people of a provider that it stands in for, and tries every other way to such a"
                + " link.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting(
                        "provider",
                        Kind.TEXT,
                        false,
                        "Id of the provider; the service's first one where it is missing.")),
                List.of(
                        new Setting("session", Kind.TEXT, false, "fresh: what a session must be that links."),
                        new Setting(
                                "unverifiedMail",
                                Kind.TEXT,
                                false,
                                "refused: what becomes of a sign-in with an address that was not verified."),
                        new Setting("lastMethod", Kind.TEXT, false, "kept: what becomes of the last way in.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "One provider is tried, which the check stands in for on this machine; the service treats those of other kinds"
                        + " alike only as far as its code is the same.",
                "Proofs are made old in the database, not by waiting: how long one counts is not measured.",
                "The account whose link is its last way in has lost its password in the database. A passkey beside a link, and a"
                        + " link with a provider that the operator has taken away, are not tried.",
                "Whether somebody is told of a new link is not looked at.");
    }

    @Override
    public Collector collector() {
        return new AccountLinkingCollector();
    }

    @Override
    public Judge judge() {
        return new AccountLinkingJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        List<Subject> subjects = new ArrayList<>();
        LinkTrial.WORKS.forEach(name ->
                subjects.add(new Subject(name, Map.of("part", "link", "made", true, "done", true, "status", 200L))));
        LinkTrial.REFUSED.forEach(name -> subjects.add(
                new Subject(name, Map.of("part", "session", "made", true, "done", false, "status", 403L))));
        return new Facts(now, subjects, Map.of("provider", "openid"));
    }
}
