package dev.averment.checks.securitytxt;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Served as the standard says, without a defect, in force now and not for longer than allowed. */
final class SecurityTxtJudge implements Judge {
    /** RFC 9116 §2.5.5 recommends less than a year, so that a stale file is noticed. */
    private static final Duration MAX_VALIDITY = Duration.ofDays(365);

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("No security.txt was looked for.");
        }
        try {
            SettingReader wanted = new SettingReader(expect);
            for (Subject subject : facts.subjects()) {
                Optional<String> wrong = wrong(subject.facts(), wanted, now);
                if (wrong.isPresent()) {
                    return Judgement.failing(subject.name() + " " + wrong.get() + ".");
                }
            }
            Optional<String> key = wanted.text("key").map(SecurityTxtJudge::hex);
            if (wanted.flag("signed") || key.isPresent()) {
                for (Subject subject : facts.subjects()) {
                    if (!FactReader.text(subject.facts(), "signature").equals("good")) {
                        return Judgement.unproven(subject.name() + " is signed, but its signature was not verified: "
                                + FactReader.text(subject.facts(), "signatureDetail") + ".");
                    }
                    String made = hex(FactReader.text(subject.facts(), "signatureKey"));
                    if (key.isPresent() && !key.get().equals(made)) {
                        return Judgement.failing(subject.name() + " is signed with the key " + made + "; promised is "
                                + key.get() + ".");
                    }
                }
            }
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
        Subject first = facts.subjects().getFirst();
        long contacts = FactReader.number(first.facts(), "contacts", 0);
        return Judgement.proven(first.name() + " is valid until "
                + FactReader.text(first.facts(), "expires") + ", with "
                + contacts + (contacts == 1 ? " contact" : " contacts")
                + signed(first.facts()) + ".");
    }

    /** A fingerprint without the blanks and colons that people write in it. */
    private static String hex(String fingerprint) {
        return fingerprint.replaceAll("[\\s:]", "").toUpperCase(Locale.ROOT);
    }

    private static String signed(Map<String, Object> file) {
        if (!FactReader.is(file, "signed")) {
            return "";
        }
        return FactReader.text(file, "signature").equals("good")
                ? ", and its signature holds"
                : ", with a signature that was not verified";
    }

    private static Optional<String> wrong(Map<String, Object> file, SettingReader wanted, Instant now)
            throws CollectException {
        long status = FactReader.number(file, "status", 0);
        if (status != 200) {
            return Optional.of("answers " + status + " instead of 200");
        }
        if (!FactReader.text(file, "url").startsWith("https://")) {
            return Optional.of("was not fetched over https");
        }
        if (FactReader.is(file, "tooLong")) {
            return Optional.of("is longer than 64 KiB");
        }
        String type = FactReader.text(file, "contentType").replace(" ", "").replace("\"", "");
        if (!type.equals("text/plain;charset=utf-8")) {
            return Optional.of("is served as \"" + FactReader.text(file, "contentType")
                    + "\" instead of text/plain; charset=utf-8");
        }
        List<String> problems = FactReader.texts(file, "problems");
        if (!problems.isEmpty()) {
            return Optional.of("breaks RFC 9116: " + problems.getFirst());
        }
        Optional<Instant> expires = FactReader.instant(file, "expires");
        if (expires.isEmpty()) {
            return Optional.of("has no readable Expires");
        }
        if (!expires.get().isAfter(now)) {
            return Optional.of("expired at " + expires.get());
        }
        Duration most = wanted.duration("maxValidity").orElse(MAX_VALIDITY);
        if (expires.get().isAfter(now.plus(most))) {
            return Optional.of("is valid until " + expires.get() + ", more than " + most.toDays() + " days ahead");
        }
        if (FactReader.number(file, "contacts", 0) < 1) {
            return Optional.of("names no contact");
        }
        List<String> canonical = FactReader.texts(file, "canonical");
        if (canonical.isEmpty() && wanted.flag("canonical")) {
            return Optional.of("does not name its Canonical address");
        }
        if (!canonical.isEmpty() && !canonical.contains(FactReader.text(file, "url"))) {
            return Optional.of("says that its Canonical address is " + canonical.getFirst() + ", but is served at "
                    + FactReader.text(file, "url"));
        }
        if (FactReader.text(file, "signature").equals("bad")) {
            // Worse than none: somebody changed the file, or it was signed by somebody else.
            return Optional.of("is signed, but the signature " + FactReader.text(file, "signatureDetail"));
        }
        if ((wanted.flag("signed") || wanted.has("key")) && !FactReader.is(file, "signed")) {
            return Optional.of("is not signed");
        }
        return Optional.empty();
    }
}
