package dev.averment.server.clocks;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long somebody has. */
public sealed interface Term {
    /** When it is over; who is done at that very moment is in time. */
    Instant due(Instant start, BusinessCalendar calendar);

    /** The term as {@link #of} reads it. */
    String text();

    /**
     * Reads a term: {@code 90m}, {@code 4h} and {@code 30d} pass by the clock, day and night; {@code 4bh} are business hours
     * and {@code 3bd} business days of the calendar.
     *
     * @throws IllegalArgumentException with what to write
     */
    static Term of(String text) {
        Matcher parts = Pattern.compile("([1-9][0-9]{0,4})(s|m|h|d|bh|bd)").matcher(text.toLowerCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no term; write 90m, 4h or 30d for time by the clock, 4bh"
                            + " for business hours, 3bd for business days");
        }
        int count = Integer.parseInt(parts.group(1));
        return switch (parts.group(2)) {
            case "s" -> new Elapsed(Duration.ofSeconds(count));
            case "m" -> new Elapsed(Duration.ofMinutes(count));
            case "h" -> new Elapsed(Duration.ofHours(count));
            case "d" -> new Elapsed(Duration.ofDays(count));
            case "bh" -> new BusinessHours(count);
            default -> new BusinessDays(count);
        };
    }

    /**
     * Passes by the clock, at night, on holidays and through its jumps: 72 hours are 72 hours (Regulation 1182/71, Art. 3).
     *
     * @param time longer than nothing
     */
    record Elapsed(Duration time) implements Term {
        public Elapsed {
            if (!time.isPositive()) {
                throw new IllegalArgumentException("a term is longer than nothing");
            }
        }

        @Override
        public Instant due(Instant start, BusinessCalendar calendar) {
            return start.plus(time);
        }

        @Override
        public String text() {
            long seconds = time.toSeconds();
            return seconds % 86_400 == 0
                    ? seconds / 86_400 + "d"
                    : seconds % 3_600 == 0
                            ? seconds / 3_600 + "h"
                            : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
        }
    }

    /** @param hours of the calendar's work */
    record BusinessHours(int hours) implements Term {
        @Override
        public Instant due(Instant start, BusinessCalendar calendar) {
            return calendar.plus(start, Duration.ofHours(hours));
        }

        @Override
        public String text() {
            return hours + "bh";
        }
    }

    /** @param days of the calendar, see {@link BusinessCalendar#plusDays} */
    record BusinessDays(int days) implements Term {
        @Override
        public Instant due(Instant start, BusinessCalendar calendar) {
            return calendar.plusDays(start, days);
        }

        @Override
        public String text() {
            return days + "bd";
        }
    }
}
