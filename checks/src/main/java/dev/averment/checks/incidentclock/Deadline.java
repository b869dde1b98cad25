package dev.averment.checks.incidentclock;

import dev.averment.checks.CollectException;
import dev.averment.checks.SettingReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A promised time: {@code 4h} passes by the clock, {@code 3bd} by the days on which people are at work. */
sealed interface Deadline {
    Pattern BUSINESS_DAYS = Pattern.compile("([1-9][0-9]{0,2})bd");

    /** When it is over; empty when the calendar is none that this can count. */
    Optional<Instant> due(Instant start, Optional<WorkingWeek> calendar);

    /** As the page writes it. */
    String text();

    /** The deadline under {@code name}; empty when there is none. */
    static Optional<Deadline> of(Map<String, Object> settings, String name) throws CollectException {
        Object value = settings.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Matcher days = BUSINESS_DAYS.matcher(value.toString());
        if (days.matches()) {
            return Optional.of(new BusinessDays(Integer.parseInt(days.group(1))));
        }
        try {
            return new SettingReader(settings).duration(name).map(Elapsed::new);
        } catch (CollectException e) {
            throw SettingReader.refused(name, value, "a deadline such as 4h or 3bd");
        }
    }

    record Elapsed(Duration time) implements Deadline {
        @Override
        public Optional<Instant> due(Instant start, Optional<WorkingWeek> calendar) {
            return Optional.of(start.plus(time));
        }

        @Override
        public String text() {
            return time.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
        }
    }

    record BusinessDays(int days) implements Deadline {
        @Override
        public Optional<Instant> due(Instant start, Optional<WorkingWeek> calendar) {
            return calendar.map(week -> week.plusDays(start, days));
        }

        @Override
        public String text() {
            return days + (days == 1 ? " business day" : " business days");
        }
    }
}
