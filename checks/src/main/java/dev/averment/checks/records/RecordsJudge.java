package dev.averment.checks.records;

import dev.averment.checks.CollectException;
import dev.averment.checks.FactReader;
import dev.averment.checks.Facts;
import dev.averment.checks.Judge;
import dev.averment.checks.Judgement;
import dev.averment.checks.SettingReader;
import dev.averment.checks.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every entry owned, complete, in date and of an allowed status. Days are those of UTC; an entry counts on the day on
 * which it expires and no longer.
 */
final class RecordsJudge implements Judge {

    @Override
    public Judgement judge(Facts facts, Map<String, Object> expect, Instant now) {
        String register = FactReader.text(facts.values(), "register");
        if (facts.subjects().isEmpty()) {
            return Judgement.unproven("The register " + register + " has no entry that counts.");
        }
        try {
            SettingReader wanted = new SettingReader(expect);
            int least = wanted.integer("minEntries", 1);
            if (facts.subjects().size() < least) {
                return Judgement.failing("The register " + register + " has "
                        + facts.subjects().size() + " entries; promised are " + least + ".");
            }
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            LocalDate latest = null;
            for (Subject entry : facts.subjects()) {
                Optional<String> wrong = wrong(entry.facts(), wanted, today);
                if (wrong.isPresent()) {
                    return Judgement.failing(entry.name() + " in " + register + " " + wrong.get() + ".");
                }
                LocalDate dated = FactReader.day(entry.facts(), "dated").orElse(null);
                latest = latest == null || dated != null && dated.isAfter(latest) ? dated : latest;
            }
            int entries = facts.subjects().size();
            return Judgement.attested(entries + (entries == 1 ? " entry" : " entries") + " in " + register
                    + ", owned, complete and in date"
                    + (latest == null
                            ? ""
                            : latest.isAfter(today) ? "; planned for " + latest : "; the latest of " + latest)
                    + ".");
        } catch (CollectException e) {
            return Judgement.unproven(e.getMessage());
        }
    }

    private static Optional<String> wrong(Map<String, Object> entry, SettingReader wanted, LocalDate today)
            throws CollectException {
        if (!FactReader.is(entry, "owned")) {
            return Optional.of("has no owner");
        }
        List<String> present = FactReader.texts(entry, "fields");
        for (String field : wanted.texts("fields")) {
            boolean there = switch (field) {
                case "dated", "expires", "status" ->
                    !FactReader.text(entry, field).isBlank();
                default -> present.contains(field);
            };
            if (!there) {
                return Optional.of("lacks " + field);
            }
        }
        String status = FactReader.text(entry, "status");
        List<String> allowed = wanted.texts("status");
        if (!allowed.isEmpty() && !allowed.contains(status)) {
            return Optional.of("is " + (status.isEmpty() ? "without status" : status) + "; expected is "
                    + String.join(" or ", allowed));
        }
        Optional<LocalDate> expires = FactReader.day(entry, "expires");
        if (expires.isPresent() && expires.get().isBefore(today)) {
            return Optional.of("expired on " + expires.get());
        }
        Optional<LocalDate> dated = FactReader.day(entry, "dated");
        if (status.equals("planned")) {
            return dated.isPresent() && dated.get().isBefore(today)
                    ? Optional.of("was planned for " + dated.get() + " and is overdue")
                    : dated.isEmpty() ? Optional.of("is planned, but for no date") : Optional.empty();
        }
        if (status.equals("in-progress") && dated.isEmpty()) {
            return Optional.of("is in progress, but bears no date");
        }
        if (dated.isPresent() && expires.isPresent() && expires.get().isBefore(dated.get())) {
            return Optional.of("expires on " + expires.get() + ", before its own date " + dated.get());
        }
        if (dated.isPresent() && dated.get().isAfter(today)) {
            return Optional.of("is dated " + dated.get() + ", which is to come");
        }
        Optional<Duration> maxAge = wanted.duration("maxAge");
        if (maxAge.isPresent()) {
            if (dated.isEmpty()) {
                return Optional.of("bears no date");
            }
            if (dated.get().plusDays(maxAge.get().toDays()).isBefore(today)) {
                return Optional.of(
                        "is of " + dated.get() + ", older than " + maxAge.get().toDays() + " days");
            }
        }
        return Optional.empty();
    }
}
