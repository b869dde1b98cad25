package dev.averment.server.monitoring.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.time.zone.ZoneRulesException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A calendar expression as the timers of systemd have them (systemd.time(7), section "Calendar Events"):
 * {@code [weekdays] [year-]month-day [hour:minute[:second]] [zone]}. Fractions of a second are cut off.
 */
final class CalendarExpression {
    private static final int FIRST_YEAR = 1970;
    /** Of systemd's own limit. */
    private static final int LAST_YEAR = 2199;

    private static final List<String> WEEKDAYS =
            List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday");

    private static final Map<String, String> NAMED = Map.ofEntries(
            Map.entry("minutely", "*-*-* *:*:00"),
            Map.entry("hourly", "*-*-* *:00:00"),
            Map.entry("daily", "*-*-* 00:00:00"),
            Map.entry("weekly", "Mon *-*-* 00:00:00"),
            Map.entry("monthly", "*-*-01 00:00:00"),
            Map.entry("quarterly", "*-01,04,07,10-01 00:00:00"),
            Map.entry("semiannually", "*-01,07-01 00:00:00"),
            Map.entry("semi-annually", "*-01,07-01 00:00:00"),
            Map.entry("biannually", "*-01,07-01 00:00:00"),
            Map.entry("bi-annually", "*-01,07-01 00:00:00"),
            Map.entry("yearly", "*-01-01 00:00:00"),
            Map.entry("annually", "*-01-01 00:00:00"));

    private static final Pattern DATE = Pattern.compile("(?:([^-~]+)-)?([^-~]+)([-~])([^-~]+)");
    private static final Pattern TIME = Pattern.compile("([^:]+):([^:]+)(?::([^:]+))?");

    private final String text;

    private CalendarExpression(String text) {
        this.text = text;
    }

    static WallClockSchedule read(String text, ZoneId zone) throws ScheduleException {
        return new CalendarExpression(text).read(zone);
    }

    private WallClockSchedule read(ZoneId given) throws ScheduleException {
        var words = new ArrayList<>(List.of(text.split("\\s+", -1)));
        ZoneId zone = given;
        if (words.size() > 1
                && Character.isLetter(words.getLast().charAt(0))
                && !words.getLast().contains(":")) {
            zone = zone(words.removeLast());
        }
        String named = NAMED.get(words.getFirst().toLowerCase(Locale.ROOT));
        if (words.size() == 1 && named != null) {
            words = new ArrayList<>(List.of(named.split(" ", -1)));
        }
        Set<DayOfWeek> weekdays = EnumSet.allOf(DayOfWeek.class);
        if (Character.isLetter(words.getFirst().charAt(0))) {
            weekdays = weekdays(words.removeFirst());
        }
        Days days = words.isEmpty() || words.getFirst().contains(":") ? Days.EVERY : days(words.removeFirst());
        BitSet hours = only(0);
        BitSet minutes = only(0);
        BitSet seconds = only(0);
        if (!words.isEmpty()) {
            Matcher time = TIME.matcher(words.removeFirst());
            if (!time.matches()) {
                throw wrong("its time is written hour:minute or hour:minute:second");
            }
            hours = numbers(time.group(1), "hour", 0, 23);
            minutes = numbers(time.group(2), "minute", 0, 59);
            if (time.group(3) != null) {
                seconds = numbers(time.group(3).replaceFirst("\\.[0-9]{1,6}$", ""), "second", 0, 59);
            }
        }
        if (!words.isEmpty()) {
            throw wrong("\"" + words.getFirst() + "\" is left over");
        }
        Set<DayOfWeek> onDays = weekdays;
        Days inDates = days;
        var times = new WallTimes(
                date -> onDays.contains(date.getDayOfWeek()) && inDates.date().test(date),
                hours,
                minutes,
                seconds,
                days.lastYear());
        if (times.firstFrom(LocalDate.of(days.firstYear(), 1, 1).atStartOfDay()).isEmpty()) {
            throw wrong("it names a day that no month has");
        }
        return new WallClockSchedule(text, zone, times, WallClockSchedule.Jumps.SKIP_AND_FIRST);
    }

    private ZoneId zone(String name) throws ScheduleException {
        try {
            return ZoneId.of(name);
        } catch (ZoneRulesException e) {
            throw wrong("\"" + name + "\" is neither a time nor a zone like Europe/Berlin");
        }
    }

    private Set<DayOfWeek> weekdays(String list) throws ScheduleException {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String item : list.split(",", -1)) {
            String[] ends = item.split("\\.\\.|-", -1);
            DayOfWeek first = weekday(ends[0]);
            DayOfWeek last = weekday(ends[ends.length - 1]);
            if (ends.length > 2 || first.compareTo(last) > 0) {
                throw wrong("the weekdays \"" + item + "\" run backwards; the week begins on Monday");
            }
            days.addAll(EnumSet.range(first, last));
        }
        return days;
    }

    private DayOfWeek weekday(String name) throws ScheduleException {
        String lower = name.toLowerCase(Locale.ROOT);
        for (String weekday : WEEKDAYS) {
            if (lower.equals(weekday) || lower.equals(weekday.substring(0, 3))) {
                return DayOfWeek.of(WEEKDAYS.indexOf(weekday) + 1);
            }
        }
        throw wrong("\"" + name + "\" is no weekday; write Mon or Monday, or one of hourly, daily, weekly, monthly,"
                + " quarterly and yearly");
    }

    /** The date's part of an expression, and the years in which it can be due. */
    private record Days(Predicate<LocalDate> date, int firstYear, int lastYear) {
        static final Days EVERY = new Days(date -> true, FIRST_YEAR, Year.MAX_VALUE);
    }

    private Days days(String date) throws ScheduleException {
        Matcher parts = DATE.matcher(date);
        if (!parts.matches()) {
            throw wrong("its date is written year-month-day or month-day, and its time hour:minute");
        }
        BitSet months = numbers(parts.group(2), "month", 1, 12);
        boolean fromEnd = parts.group(3).equals("~");
        BitSet days = fromEnd ? daysFromEnd(parts.group(4)) : numbers(parts.group(4), "day", 1, 31);
        Predicate<LocalDate> matches = day -> months.get(day.getMonthValue())
                && days.get(fromEnd ? day.lengthOfMonth() - day.getDayOfMonth() + 1 : day.getDayOfMonth());
        String year = parts.group(1);
        if (year == null || year.equals("*")) {
            return new Days(matches, FIRST_YEAR, Year.MAX_VALUE);
        }
        BitSet years = numbers(century(year), "year", FIRST_YEAR, LAST_YEAR);
        return new Days(matches.and(day -> years.get(day.getYear())), years.nextSetBit(0), years.length() - 1);
    }

    /** Two digits stand for a year from 1970 to 2069. */
    private static String century(String years) {
        return Pattern.compile("(?<![0-9/])[0-9]{2}(?![0-9])")
                .matcher(years)
                .replaceAll(year -> Integer.parseInt(year.group()) < 70 ? "20" + year.group() : "19" + year.group());
    }

    /** Counted from the month's end, where a step leads towards it. */
    private BitSet daysFromEnd(String list) throws ScheduleException {
        BitSet days = new BitSet();
        for (String item : list.split(",", -1)) {
            int slash = item.indexOf('/');
            if (slash < 0 || item.contains("..")) {
                days.or(numbers(item, "day", 1, 31));
                continue;
            }
            int step = number(item.substring(slash + 1), "step", 1, 31);
            for (int day = number(item.substring(0, slash), "day", 1, 31); day >= 1; day -= step) {
                days.set(day);
            }
        }
        return days;
    }

    private BitSet numbers(String list, String name, int least, int greatest) throws ScheduleException {
        BitSet set = new BitSet();
        if (list.equals("*")) {
            set.set(least, greatest + 1);
            return set;
        }
        for (String item : list.split(",", -1)) {
            int slash = item.indexOf('/');
            String range = slash < 0 ? item : item.substring(0, slash);
            int step = slash < 0 ? 1 : number(item.substring(slash + 1), "step", 1, greatest);
            int dots = range.indexOf("..");
            int first = number(dots < 0 ? range : range.substring(0, dots), name, least, greatest);
            int last = dots >= 0
                    ? number(range.substring(dots + 2), name, least, greatest)
                    : slash >= 0 ? greatest : first;
            if (first > last) {
                throw wrong("the " + name + " \"" + item + "\" runs backwards");
            }
            for (int value = first; value <= last; value += step) {
                set.set(value);
            }
        }
        return set;
    }

    private int number(String digits, String name, int least, int greatest) throws ScheduleException {
        if (!digits.matches("[0-9]{1,4}") || Integer.parseInt(digits) < least || Integer.parseInt(digits) > greatest) {
            throw wrong("the " + name + " \"" + digits + "\" is not a number between " + least + " and " + greatest);
        }
        return Integer.parseInt(digits);
    }

    private static BitSet only(int value) {
        BitSet set = new BitSet();
        set.set(value);
        return set;
    }

    private ScheduleException wrong(String reason) {
        return new ScheduleException("\"" + text + "\" is no schedule: " + reason + ".");
    }
}
