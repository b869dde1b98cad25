package dev.averment.server.monitoring.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Readings of a clock on a wall, without a zone.
 *
 * @param days    which days
 * @param hours   0 to 23
 * @param minutes 0 to 59
 * @param seconds 0 to 59
 * @param lastYear after which nothing is due, for expressions that name years; otherwise {@link Year#MAX_VALUE}
 */
record WallTimes(Predicate<LocalDate> days, BitSet hours, BitSet minutes, BitSet seconds, int lastYear) {
    /**
     * Days without a match after which there is none: 29 February on a given weekday comes back after 40 years at most, where
     * a century year without a leap day lies in between.
     */
    private static final int SEARCHED_DAYS = 41 * 366;

    /** The first reading that is not before {@code from}. */
    Optional<LocalDateTime> firstFrom(LocalDateTime from) {
        LocalDate day = from.toLocalDate();
        int start = from.toLocalTime().plusNanos(999_999_999).toSecondOfDay();
        if (from.getNano() > 0 && start == 0) {
            day = day.plusDays(1);
        }
        LocalDate end = lastYear == Year.MAX_VALUE ? day.plusDays(SEARCHED_DAYS) : LocalDate.of(lastYear + 1, 1, 1);
        while (day.isBefore(end)) {
            if (days.test(day)) {
                Optional<LocalTime> time = timeFrom(start);
                if (time.isPresent()) {
                    return Optional.of(day.atTime(time.get()));
                }
            }
            day = day.plusDays(1);
            start = 0;
        }
        return Optional.empty();
    }

    private Optional<LocalTime> timeFrom(int secondOfDay) {
        int firstHour = secondOfDay / 3600;
        for (int hour = hours.nextSetBit(firstHour); hour >= 0; hour = hours.nextSetBit(hour + 1)) {
            int firstMinute = hour == firstHour ? secondOfDay / 60 % 60 : 0;
            for (int minute = minutes.nextSetBit(firstMinute); minute >= 0; minute = minutes.nextSetBit(minute + 1)) {
                boolean sameMinute = hour == firstHour && minute == secondOfDay / 60 % 60;
                int second = seconds.nextSetBit(sameMinute ? secondOfDay % 60 : 0);
                if (second >= 0) {
                    return Optional.of(LocalTime.of(hour, minute, second));
                }
            }
        }
        return Optional.empty();
    }
}
