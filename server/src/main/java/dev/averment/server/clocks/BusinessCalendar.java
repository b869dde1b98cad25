package dev.averment.server.clocks;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * When those who answer are at work. Immutable; every answer is a real time, so a working day in which the clock jumps is an
 * hour shorter or longer.
 */
public final class BusinessCalendar {
    /** Days without work after which the calendar is taken to have none: longer than any closure. */
    private static final int LONGEST_CLOSURE = 400;

    private final ZoneId zone;
    private final Map<DayOfWeek, List<WorkingHours>> week;
    private final Predicate<LocalDate> holidays;
    private final Set<LocalDate> closures;

    /** A stretch of work in the world's time. */
    private record Stretch(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    private BusinessCalendar(
            ZoneId zone,
            Map<DayOfWeek, List<WorkingHours>> week,
            Predicate<LocalDate> holidays,
            Set<LocalDate> closures) {
        this.zone = zone;
        this.week = new EnumMap<>(DayOfWeek.class);
        week.forEach((day, hours) -> this.week.put(day, inOrder(day, hours)));
        this.holidays = holidays;
        this.closures = Set.copyOf(closures);
        if (this.week.values().stream().allMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a calendar has at least one working day in the week");
        }
    }

    /**
     * A calendar.
     *
     * @param zone     where the hours are counted
     * @param week     hours by weekday; a weekday that is missing is free
     * @param region   whose legal holidays are free, see ISO 3166: {@code DE}, {@code DE-BY}
     * @param closures further free days; 24 and 31 December are legal holidays almost nowhere
     * @throws IllegalArgumentException when the region is unknown, hours overlap, or nobody ever works
     */
    public static BusinessCalendar of(
            ZoneId zone, Map<DayOfWeek, List<WorkingHours>> week, String region, Set<LocalDate> closures) {
        return new BusinessCalendar(zone, week, new Holidays(region), closures);
    }

    /** A calendar that knows no legal holidays. */
    public static BusinessCalendar of(ZoneId zone, Map<DayOfWeek, List<WorkingHours>> week, Set<LocalDate> closures) {
        return new BusinessCalendar(zone, week, day -> false, closures);
    }

    private static List<WorkingHours> inOrder(DayOfWeek day, List<WorkingHours> hours) {
        List<WorkingHours> sorted =
                hours.stream().sorted(Comparator.comparing(WorkingHours::from)).toList();
        for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).from().isBefore(sorted.get(i - 1).to())) {
                throw new IllegalArgumentException("the working hours of " + day + " overlap");
            }
        }
        return sorted;
    }

    /** Whether somebody works on a day at all. */
    public boolean isWorkingDay(LocalDate day) {
        return !stretches(day).isEmpty();
    }

    /** Whether somebody is at work. */
    public boolean isOpen(Instant at) {
        return stretches(day(at)).stream()
                .anyMatch(stretch -> !at.isBefore(stretch.from()) && at.isBefore(stretch.to()));
    }

    /** The moment itself when somebody is at work then, and otherwise the next opening. */
    public Instant openFrom(Instant at) {
        LocalDate day = day(at);
        for (int i = 0; i < LONGEST_CLOSURE; i++) {
            for (Stretch stretch : stretches(day)) {
                if (at.isBefore(stretch.to())) {
                    return at.isBefore(stretch.from()) ? stretch.from() : at;
                }
            }
            day = day.plusDays(1);
        }
        throw new IllegalStateException("nobody works for " + LONGEST_CLOSURE + " days after " + at);
    }

    /**
     * When an amount of work has passed.
     *
     * @param working not negative; of nothing, the answer is the next moment of work
     */
    public Instant plus(Instant start, Duration working) {
        Instant at = openFrom(start);
        Duration left = working;
        LocalDate day = day(at);
        int idle = 0;
        while (idle < LONGEST_CLOSURE) {
            idle++;
            for (Stretch stretch : stretches(day)) {
                if (!at.isBefore(stretch.to())) {
                    continue;
                }
                idle = 0;
                Instant from = at.isBefore(stretch.from()) ? stretch.from() : at;
                Duration here = Duration.between(from, stretch.to());
                if (left.compareTo(here) <= 0) {
                    return from.plus(left);
                }
                left = left.minus(here);
            }
            day = day.plusDays(1);
        }
        throw new IllegalStateException("nobody works for " + LONGEST_CLOSURE + " days before " + day);
    }

    /** How much of a time is work; nothing when it ends before it begins. */
    public Duration between(Instant from, Instant to) {
        Duration sum = Duration.ZERO;
        for (LocalDate day = day(from); !day.isAfter(day(to)); day = day.plusDays(1)) {
            for (Stretch stretch : stretches(day)) {
                Instant first = from.isAfter(stretch.from()) ? from : stretch.from();
                Instant last = to.isBefore(stretch.to()) ? to : stretch.to();
                if (first.isBefore(last)) {
                    sum = sum.plus(Duration.between(first, last));
                }
            }
        }
        return sum;
    }

    /**
     * The same point of the {@code count}-th working day after that of {@code start}: as much of its work lies behind then as
     * of the first day's at the start. A start outside of working hours is one at the next opening, and whole days from an
     * opening end with a closing, not with the opening after it.
     *
     * @param count at least 1
     */
    public Instant plusDays(Instant start, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one working day");
        }
        Instant at = openFrom(start);
        LocalDate day = day(at);
        Duration behind = between(day.atStartOfDay(zone).toInstant(), at);
        int ahead = behind.isZero() ? count - 1 : count;
        for (int i = 0; i < ahead; i++) {
            day = nextWorkingDay(day);
        }
        List<Stretch> stretches = stretches(day);
        Duration length = stretches.stream().map(Stretch::length).reduce(Duration.ZERO, Duration::plus);
        Duration wanted = behind.isZero() || behind.compareTo(length) > 0 ? length : behind;
        return plus(stretches.getFirst().from(), wanted);
    }

    private LocalDate nextWorkingDay(LocalDate day) {
        for (int i = 1; i < LONGEST_CLOSURE; i++) {
            if (isWorkingDay(day.plusDays(i))) {
                return day.plusDays(i);
            }
        }
        throw new IllegalStateException("nobody works for " + LONGEST_CLOSURE + " days after " + day);
    }

    private LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    private List<Stretch> stretches(LocalDate day) {
        List<WorkingHours> hours = week.getOrDefault(day.getDayOfWeek(), List.of());
        if (hours.isEmpty() || closures.contains(day) || holidays.test(day)) {
            return List.of();
        }
        List<Stretch> stretches = new ArrayList<>();
        for (WorkingHours part : hours) {
            Stretch stretch = new Stretch(at(day, part.from()), at(day, part.to()));
            // A time that a jump of the clock leaves out is moved to after it, which may be after the closing.
            if (stretch.from().isBefore(stretch.to())) {
                stretches.add(stretch);
            }
        }
        return stretches;
    }

    /** The last minute of a day stands for its end, so that one may work around the clock. */
    private Instant at(LocalDate day, LocalTime time) {
        return time.equals(LocalTime.MAX)
                ? day.plusDays(1).atStartOfDay(zone).toInstant()
                : day.atTime(time).atZone(zone).toInstant();
    }
}
