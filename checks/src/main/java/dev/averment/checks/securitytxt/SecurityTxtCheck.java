package dev.averment.checks.securitytxt;

import dev.averment.checks.CheckType;
import dev.averment.checks.Collector;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Settings;
import dev.averment.checks.Settings.Kind;
import dev.averment.checks.Settings.Setting;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code security-txt}. */
public final class SecurityTxtCheck implements CheckType {

    @Override
    public String name() {
        return "security-txt";
    }

    @Override
    public String description() {
        return "Fetches security.txt and reads it by the grammar and the field rules of RFC 9116.";
    }

    @Override
    public Settings settings() {
        return new Settings(
                List.of(new Setting("path", Kind.TEXT, false, "Where it is; /.well-known/security.txt by default.")),
                List.of(
                        new Setting(
                                "maxValidity",
                                Kind.DURATION,
                                false,
                                "How far ahead Expires may be; 365d by default, as the standard recommends."),
                        new Setting("canonical", Kind.BOOLEAN, false, "True when the file must name its own address."),
                        new Setting(
                                "signed",
                                Kind.BOOLEAN,
                                false,
                                "True when the file must carry an OpenPGP signature that verifies."),
                        new Setting(
                                "key",
                                Kind.TEXT,
                                false,
                                "Fingerprint of the key that must have made the signature; demands one.")));
    }

    @Override
    public List<String> blindSpots() {
        return List.of(
                "An OpenPGP signature is verified with the key that Encryption names on the same site; a key kept elsewhere is"
                        + " not fetched, and then nothing is said of the signature.",
                "Whoever can change the file on the site can change the key beside it, unless the promise names its fingerprint.",
                "Whether anybody answers at the contact is not tried.",
                "Addresses in the file are read, not opened, but for the key's.");
    }

    @Override
    public Collector collector() {
        return new SecurityTxtCollector();
    }

    @Override
    public Judge judge() {
        return new SecurityTxtJudge();
    }

    @Override
    public Facts passingExample(Map<String, Object> expect, Instant now) {
        String url = "https://example.org/.well-known/security.txt";
        return new Facts(
                now,
                List.of(new Subject(
                        "/.well-known/security.txt",
                        Map.ofEntries(
                                Map.entry("url", url),
                                Map.entry("status", 200L),
                                Map.entry("contentType", "text/plain; charset=utf-8"),
                                Map.entry("tooLong", false),
                                Map.entry("signed", true),
                                Map.entry("signature", "good"),
                                Map.entry(
                                        "signatureKey",
                                        expect.getOrDefault("key", "").toString()),
                                Map.entry("contacts", 1L),
                                Map.entry("canonical", List.of(url)),
                                Map.entry(
                                        "expires", now.plus(Duration.ofDays(1)).toString()),
                                Map.entry("problems", List.of())))),
                Map.of());
    }
}
