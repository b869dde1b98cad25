package dev.averment.checks.incidentclock;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A business calendar counted here, apart from the service's own counting: each weekday is worked in one stretch or not at
 * all. Legal holidays are not known here.
 */
record WorkingWeek(ZoneId zone, Map<DayOfWeek, Hours> hours, Set<LocalDate> closures) {
    private static final List<String> DAYS = List.of("mo", "tu", "we", "th", "fr", "sa", "su");
    private static final Pattern PART = Pattern.compile(
            "(mo|tu|we|th|fr|sa|su)(?:-(mo|tu|we|th|fr|sa|su))? ([0-2][0-9]:[0-5][0-9])-([0-2][0-9]:[0-5][0-9])");

    /** Days without work after which the calendar has none. */
    private static final int LONGEST = 400;

    record Hours(LocalTime from, LocalTime to) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    WorkingWeek {
        hours = Map.copyOf(hours);
        closures = Set.copyOf(closures);
    }

    /** Empty for a calendar that goes by legal holidays, has breaks in its days, or is unreadable. */
    static Optional<WorkingWeek> of(String zone, String region, String week, String closures) {
        if (!region.isEmpty()) {
            return Optional.empty();
        }
        try {
            var hours = new EnumMap<DayOfWeek, Hours>(DayOfWeek.class);
            for (String part : week.split(";", -1)) {
                Matcher days = PART.matcher(part.strip());
                if (!days.matches()) {
                    return Optional.empty();
                }
                int first = DAYS.indexOf(days.group(1));
                int last = days.group(2) == null ? first : DAYS.indexOf(days.group(2));
                var worked = new Hours(LocalTime.parse(days.group(3)), LocalTime.parse(days.group(4)));
                for (int day = first; day <= last; day++) {
                    if (!worked.from().isBefore(worked.to()) || hours.put(DayOfWeek.of(day + 1), worked) != null) {
                        return Optional.empty();
                    }
                }
            }
            Set<LocalDate> free = Arrays.stream(closures.split("\\s+"))
                    .filter(day -> !day.isEmpty())
                    .map(LocalDate::parse)
                    .collect(Collectors.toSet());
            return hours.isEmpty() ? Optional.empty() : Optional.of(new WorkingWeek(ZoneId.of(zone), hours, free));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<Hours> on(LocalDate day) {
        return closures.contains(day) ? Optional.empty() : Optional.ofNullable(hours.get(day.getDayOfWeek()));
    }

    /**
     * The same point of the {@code count}-th working day after that of {@code start}. A start outside of working hours is one
     * at the next opening, and whole days from an opening end with a closing.
     */
    Instant plusDays(Instant start, int count) {
        ZonedDateTime at = start.atZone(zone);
        LocalDate day = at.toLocalDate();
        Duration worked = Duration.ZERO;
        Optional<Hours> today = on(day);
        if (today.isEmpty() || !at.toLocalTime().isBefore(today.get().to())) {
            day = next(day);
        } else if (at.toLocalTime().isAfter(today.get().from())) {
            worked = Duration.between(today.get().from(), at.toLocalTime());
        }
        int ahead = worked.isZero() ? count - 1 : count;
        for (int i = 0; i < ahead; i++) {
            day = next(day);
        }
        Hours last = on(day).orElseThrow();
        Duration into = worked.isZero() || worked.compareTo(last.length()) > 0 ? last.length() : worked;
        return day.atTime(last.from()).atZone(zone).toInstant().plus(into);
    }

    private LocalDate next(LocalDate day) {
        for (int i = 1; i < LONGEST; i++) {
            if (on(day.plusDays(i)).isPresent()) {
                return day.plusDays(i);
            }
        }
        throw new DateTimeException("nobody works for " + LONGEST + " days after " + day);
    }
}
