package dev.averment.server.clocks;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@link BusinessCalendar} as people write it.
 *
 * @param zone     of the IANA database, such as {@code Europe/Berlin}
 * @param region   whose legal holidays are free, such as {@code DE-BY}; empty for none
 * @param week     such as {@code mo-th 09:00-12:00,13:00-17:00; fr 09:00-15:00}
 * @param closures further free days, such as {@code 2026-12-24 2026-12-31}; empty for none
 */
public record CalendarText(String zone, String region, String week, String closures) {
    /** Where a workspace has said nothing. */
    public static final CalendarText USUAL = new CalendarText("UTC", "", "mo-fr 09:00-17:00", "");

    private static final int LONGEST_WEEK = 1000;
    private static final int MOST_CLOSURES = 300;
    private static final List<String> DAYS = List.of("mo", "tu", "we", "th", "fr", "sa", "su");
    private static final Pattern DAY = Pattern.compile("(mo|tu|we|th|fr|sa|su)(?:-(mo|tu|we|th|fr|sa|su))? (\\S+)");

    /** @throws IllegalArgumentException with what to write instead */
    public BusinessCalendar calendar() {
        ZoneId where;
        try {
            where = ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + zone + "\" is no time zone; write one such as Europe/Berlin");
        }
        return region.isEmpty()
                ? BusinessCalendar.of(where, weekdays(), days())
                : BusinessCalendar.of(where, weekdays(), region, days());
    }

    private Map<DayOfWeek, List<WorkingHours>> weekdays() {
        if (week.length() > LONGEST_WEEK) {
            throw new IllegalArgumentException("a week is at most " + LONGEST_WEEK + " characters long");
        }
        var all = new EnumMap<DayOfWeek, List<WorkingHours>>(DayOfWeek.class);
        for (String part : week.toLowerCase(Locale.ROOT).split(";", -1)) {
            Matcher day = DAY.matcher(part.strip());
            if (!day.matches()) {
                throw new IllegalArgumentException("\"" + part.strip()
                        + "\" are no working hours; write mo-th 09:00-12:00,13:00-17:00; fr 09:00-15:00");
            }
            int first = DAYS.indexOf(day.group(1));
            int last = day.group(2) == null ? first : DAYS.indexOf(day.group(2));
            if (last < first) {
                throw new IllegalArgumentException(
                        "\"" + part.strip() + "\" ends before it begins; a week begins with mo");
            }
            for (int i = first; i <= last; i++) {
                all.computeIfAbsent(DayOfWeek.of(i + 1), _ -> new ArrayList<>()).addAll(hours(day.group(3)));
            }
        }
        return all;
    }

    private static List<WorkingHours> hours(String text) {
        var hours = new ArrayList<WorkingHours>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.split("-", -1);
            try {
                if (ends.length != 2) {
                    throw new IllegalArgumentException("hours have a beginning and an end");
                }
                hours.add(new WorkingHours(
                        LocalTime.parse(ends[0]), ends[1].equals("24:00") ? LocalTime.MAX : LocalTime.parse(ends[1])));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("\"" + part + "\" are no hours; write 09:00-17:00", e);
            }
        }
        return hours;
    }

    private Set<LocalDate> days() {
        var days = new TreeSet<LocalDate>();
        for (String day : closures.strip().split("\\s+", -1)) {
            if (!day.isEmpty()) {
                try {
                    days.add(LocalDate.parse(day));
                } catch (DateTimeException e) {
                    throw new IllegalArgumentException("\"" + day + "\" is no day; write 2026-12-24", e);
                }
            }
        }
        if (days.size() > MOST_CLOSURES) {
            throw new IllegalArgumentException("a calendar has at most " + MOST_CLOSURES + " closures");
        }
        return days;
    }
}
