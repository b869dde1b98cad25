package dev.averment.server.monitoring.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.ZoneId;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A line of a crontab: minute, hour, day of the month, month, day of the week (crontab(5) of Debian's cron), or seconds
 * before them as a sixth field. Beyond that, {@code L} is the month's last day, {@code 5L} its last Friday and {@code 1#3} its
 * third Monday, as most schedulers of today read them.
 */
final class CronLine {
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> WEEKDAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    private static final Map<String, String> NAMED = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private CronLine() {}

    static WallClockSchedule read(String text, ZoneId zone) throws ScheduleException {
        String line = text;
        if (text.startsWith("@")) {
            String named = NAMED.get(text.toLowerCase(Locale.ROOT));
            if (named == null) {
                throw new ScheduleException("\"" + text + "\" is no schedule; of the names there are @hourly, @daily,"
                        + " @midnight, @weekly, @monthly, @yearly and @annually.");
            }
            line = named;
        }
        List<String> fields = List.of(line.toUpperCase(Locale.ROOT).split("\\s+", -1));
        boolean withSeconds = fields.size() == 6;
        int at = withSeconds ? 1 : 0;
        BitSet seconds = withSeconds ? Field.SECOND.read(fields.get(0)) : only(0);
        BitSet minutes = Field.MINUTE.read(fields.get(at));
        BitSet hours = Field.HOUR.read(fields.get(at + 1));
        String dayOfMonth = fields.get(at + 2);
        BitSet months = Field.MONTH.read(fields.get(at + 3));
        String dayOfWeek = fields.get(at + 4);
        Predicate<LocalDate> inMonth = dayOfMonth(dayOfMonth);
        Predicate<LocalDate> onWeekday = dayOfWeek(dayOfWeek);
        // crontab(5): with both days restricted either is enough; a field that begins with a star restricts nothing.
        Predicate<LocalDate> day = dayOfMonth.startsWith("*") || dayOfWeek.startsWith("*")
                ? inMonth.and(onWeekday)
                : inMonth.or(onWeekday);
        var times = new WallTimes(
                date -> months.get(date.getMonthValue()) && day.test(date), hours, minutes, seconds, Year.MAX_VALUE);
        boolean everyHourOrMinute =
                fields.get(at).startsWith("*") || fields.get(at + 1).startsWith("*");
        if (times.firstFrom(LocalDate.of(2000, 1, 1).atStartOfDay()).isEmpty()) {
            throw new ScheduleException("\"" + text + "\" names a day that no month has.");
        }
        return new WallClockSchedule(
                text,
                zone,
                times,
                everyHourOrMinute ? WallClockSchedule.Jumps.AS_SHOWN : WallClockSchedule.Jumps.CATCH_UP_ONCE);
    }

    private static BitSet only(int value) {
        BitSet set = new BitSet();
        set.set(value);
        return set;
    }

    private static Predicate<LocalDate> dayOfMonth(String text) throws ScheduleException {
        Predicate<LocalDate> any = date -> false;
        for (String item : text.split(",", -1)) {
            if (item.equals("L")) {
                any = any.or(date -> date.getDayOfMonth() == date.lengthOfMonth());
            } else {
                BitSet days = Field.DAY_OF_MONTH.read(item);
                any = any.or(date -> days.get(date.getDayOfMonth()));
            }
        }
        return any;
    }

    private static Predicate<LocalDate> dayOfWeek(String text) throws ScheduleException {
        Predicate<LocalDate> any = date -> false;
        for (String item : text.split(",", -1)) {
            int hash = item.indexOf('#');
            if (hash > 0) {
                DayOfWeek weekday = weekday(item.substring(0, hash));
                int nth = Field.NTH.number(item.substring(hash + 1));
                any = any.or(date -> date.getDayOfWeek() == weekday && (date.getDayOfMonth() + 6) / 7 == nth);
            } else if (item.length() > 1 && item.endsWith("L")) {
                DayOfWeek weekday = weekday(item.substring(0, item.length() - 1));
                any = any.or(date -> date.getDayOfWeek() == weekday && date.getDayOfMonth() > date.lengthOfMonth() - 7);
            } else {
                BitSet days = Field.DAY_OF_WEEK.read(item);
                any = any.or(date -> days.get(date.getDayOfWeek().getValue())
                        || (date.getDayOfWeek() == DayOfWeek.SUNDAY && days.get(0)));
            }
        }
        return any;
    }

    private static DayOfWeek weekday(String text) throws ScheduleException {
        int number = Field.DAY_OF_WEEK.number(text);
        return number == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(number);
    }

    /** One of the fields: its name in messages, its least and greatest number, and the names that stand for numbers. */
    private record Field(String name, int least, int greatest, List<String> names) {
        static final Field SECOND = new Field("second", 0, 59, List.of());
        static final Field MINUTE = new Field("minute", 0, 59, List.of());
        static final Field HOUR = new Field("hour", 0, 23, List.of());
        static final Field DAY_OF_MONTH = new Field("day of the month", 1, 31, List.of());
        static final Field MONTH = new Field("month", 1, 12, MONTHS);
        static final Field DAY_OF_WEEK = new Field("day of the week", 0, 7, WEEKDAYS);
        static final Field NTH = new Field("number after #", 1, 5, List.of());

        BitSet read(String text) throws ScheduleException {
            BitSet set = new BitSet();
            for (String item : text.split(",", -1)) {
                int slash = item.indexOf('/');
                String range = slash < 0 ? item : item.substring(0, slash);
                int step = slash < 0 ? 1 : step(item.substring(slash + 1));
                int first;
                int last;
                int dash = range.indexOf('-');
                if (range.equals("*")) {
                    first = least;
                    last = greatest;
                } else if (dash > 0) {
                    first = number(range.substring(0, dash));
                    last = number(range.substring(dash + 1));
                } else {
                    first = number(range);
                    last = slash < 0 ? first : greatest;
                }
                if (first > last) {
                    throw new ScheduleException("The " + name + " \"" + item
                            + "\" runs backwards; write the lesser first, or two ranges with a comma.");
                }
                for (int value = first; value <= last; value += step) {
                    set.set(value);
                }
            }
            return set;
        }

        private int step(String text) throws ScheduleException {
            if (!text.matches("[1-9][0-9]{0,2}")) {
                throw new ScheduleException("After / in the " + name + " comes a number from 1, not \"" + text + "\".");
            }
            return Integer.parseInt(text);
        }

        int number(String text) throws ScheduleException {
            int named = names.indexOf(text);
            if (named >= 0) {
                return named + least;
            }
            if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < least || Integer.parseInt(text) > greatest) {
                throw new ScheduleException(
                        "The " + name + " \"" + text + "\" is not between " + least + " and " + greatest + ".");
            }
            return Integer.parseInt(text);
        }
    }
}
