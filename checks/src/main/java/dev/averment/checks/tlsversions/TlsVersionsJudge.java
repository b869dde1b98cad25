package dev.averment.checks.tlsversions;

import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.Subject;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Every version below the floor refused, at least one at or above it accepted, and a visitor's handshake completes. */
final class TlsVersionsJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        String number = FactReader.text(expect, "min");
        Optional<TlsVersion> floor = TlsVersion.ofNumber(number);
        if (floor.isEmpty() || floor.get().compareTo(TlsVersion.TLS_1_2) < 0) {
            return Judgement.unproven(
                    "The setting min is \"" + number + "\", but must be 1.2 or 1.3; correct it in the page file.");
        }
        Map<TlsVersion, Subject> tried = new EnumMap<>(TlsVersion.class);
        for (Subject subject : facts.subjects()) {
            TlsVersion.ofLabel(subject.name()).ifPresent(version -> tried.put(version, subject));
        }
        if (tried.isEmpty()) {
            return Judgement.unproven("No TLS version was tried.");
        }
        TlsVersion best = null;
        for (TlsVersion version : TlsVersion.values()) {
            Subject subject = tried.get(version);
            if (subject == null) {
                return Judgement.unproven(version.label() + " was not tried.");
            }
            if (FactReader.is(subject.facts(), "accepted")) {
                if (version.compareTo(floor.get()) < 0) {
                    String how = FactReader.text(subject.facts(), "how");
                    return Judgement.failing("The server accepts " + version.label() + (how.isEmpty() ? "" : " " + how)
                            + ", below the promised floor of TLS " + number + ".");
                }
                if (FactReader.text(subject.facts(), "how").isEmpty()) {
                    best = version;
                }
            }
        }
        if (best == null) {
            return Judgement.failing("The server accepts no version from TLS " + number + " on.");
        }
        String host = FactReader.text(facts.values(), "host");
        String promised = expect.containsKey("host")
                ? FactReader.text(expect, "host")
                : FactReader.text(facts.values(), "siteHost");
        if (host.isEmpty() || !host.equalsIgnoreCase(promised)) {
            return Judgement.unproven("What was looked at is " + host + ", but the promise is about " + promised
                    + "; where another host is meant, name it as host under expect as well.");
        }
        if (!FactReader.is(facts.values(), "completed")) {
            return Judgement.failing(
                    "No visitor's handshake completes: " + FactReader.text(facts.values(), "refusal") + ".");
        }
        return Judgement.proven("Versions below TLS " + number + " are refused; " + best.label() + " is accepted with "
                + FactReader.text(facts.values(), "cipher") + ".");
    }
}
