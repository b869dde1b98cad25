package dev.averment.claims;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a parameter's text means. The spelling decides the kind: {@code 15m} is elapsed time, {@code 5bd} business days,
 * {@code 64MiB} a size, {@code 03:00Z} a time of day in UTC, {@code 2026-01-31} a day, {@code 99.9%} a share, {@code 1.3} a
 * number; all else is words.
 */
public sealed interface Figure {

    /** Elapsed time in the unit that the author chose: 24 hours and 1 day are equal, and read differently. */
    record Elapsed(long amount, char unit) implements Figure {
        public Duration duration() {
            return Durations.parse(amount + String.valueOf(unit)).orElse(Duration.ZERO);
        }
    }

    /** Days of a business calendar. */
    record BusinessDays(long amount) implements Figure {}

    /** A size with its binary or decimal unit, such as {@code MiB} or {@code MB}. */
    record Size(long amount, String unit) implements Figure {
        public long bytes() {
            return Math.multiplyExact(amount, UNITS.getOrDefault(unit, 1L));
        }
    }

    /** A time of day, UTC. */
    record TimeOfDay(LocalTime time) implements Figure {}

    record Day(LocalDate date) implements Figure {}

    record Share(BigDecimal percent) implements Figure {}

    /** A count or a version: shown exactly as written. */
    record Numeral(BigDecimal value, String written) implements Figure {}

    record Words(String text) implements Figure {}

    Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("B", 1L),
            Map.entry("KiB", 1L << 10),
            Map.entry("MiB", 1L << 20),
            Map.entry("GiB", 1L << 30),
            Map.entry("TiB", 1L << 40),
            Map.entry("kB", 1_000L),
            Map.entry("MB", 1_000_000L),
            Map.entry("GB", 1_000_000_000L),
            Map.entry("TB", 1_000_000_000_000L));

    Pattern ELAPSED = Pattern.compile("([0-9]{1,6})([smhd])");
    Pattern BUSINESS_DAYS = Pattern.compile("([0-9]{1,3})bd");
    Pattern SIZE = Pattern.compile("([0-9]{1,6})(B|KiB|MiB|GiB|TiB|kB|MB|GB|TB)");
    Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]Z");
    Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    Pattern SHARE = Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,6})?) ?%");
    Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}(\\.[0-9]{1,6})?");

    static Figure parse(String text) {
        Matcher elapsed = ELAPSED.matcher(text);
        if (elapsed.matches()) {
            return new Elapsed(
                    Long.parseLong(elapsed.group(1)), elapsed.group(2).charAt(0));
        }
        Matcher businessDays = BUSINESS_DAYS.matcher(text);
        if (businessDays.matches()) {
            return new BusinessDays(Long.parseLong(businessDays.group(1)));
        }
        Matcher size = SIZE.matcher(text);
        if (size.matches()) {
            return new Size(Long.parseLong(size.group(1)), size.group(2));
        }
        if (TIME.matcher(text).matches()) {
            return new TimeOfDay(LocalTime.parse(text.substring(0, 5)));
        }
        if (DAY.matcher(text).matches()) {
            try {
                return new Day(LocalDate.parse(text));
            } catch (DateTimeParseException e) {
                return new Words(text); // 2026-02-30 names no day
            }
        }
        Matcher share = SHARE.matcher(text);
        if (share.matches()) {
            return new Share(new BigDecimal(share.group(1)));
        }
        return NUMBER.matcher(text).matches() ? new Numeral(new BigDecimal(text), text) : new Words(text);
    }

    /** Compares as {@link Comparable} does; empty when the two are of different kinds or have no order. */
    default OptionalInt compare(Figure other) {
        return switch (this) {
            case Elapsed mine
            when other instanceof Elapsed yours ->
                OptionalInt.of(mine.duration().compareTo(yours.duration()));
            case BusinessDays mine
            when other instanceof BusinessDays yours -> OptionalInt.of(Long.compare(mine.amount(), yours.amount()));
            case Size mine
            when other instanceof Size yours -> OptionalInt.of(Long.compare(mine.bytes(), yours.bytes()));
            case Day mine
            when other instanceof Day yours -> OptionalInt.of(mine.date().compareTo(yours.date()));
            case Share mine
            when other instanceof Share yours -> OptionalInt.of(mine.percent().compareTo(yours.percent()));
            case Numeral mine
            when other instanceof Numeral yours -> OptionalInt.of(mine.value().compareTo(yours.value()));
            default -> OptionalInt.empty();
        };
    }

    /** True when both mean the same: {@code 24h} and {@code 1d}. Words compare without regard to case. */
    default boolean same(Figure other) {
        if (this instanceof Words(String mine) && other instanceof Words(String yours)) {
            return mine.toLowerCase(Locale.ROOT).equals(yours.toLowerCase(Locale.ROOT));
        }
        OptionalInt order = compare(other);
        return order.isPresent() ? order.getAsInt() == 0 : equals(other);
    }
}
