package dev.averment.server.clocks;

import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The legal holidays of a country or a part of it. */
final class Holidays implements Predicate<LocalDate> {
    private final HolidayManager manager;
    private final String[] parts;
    private final ConcurrentHashMap<Integer, Set<LocalDate>> years = new ConcurrentHashMap<>();

    /**
     * @param region a code of ISO 3166-1, or of ISO 3166-2 for a part: {@code DE}, {@code DE-BY}
     * @throws IllegalArgumentException when no holidays are known for it
     */
    Holidays(String region) {
        String[] codes = region.toLowerCase(Locale.ROOT).split("-", -1);
        if (!HolidayManager.getSupportedCalendarCodes().contains(codes[0].toUpperCase(Locale.ROOT))) {
            throw new IllegalArgumentException("no holidays are known for the region " + region
                    + "; write a country's code like DE, or a part's like DE-BY");
        }
        manager = HolidayManager.getInstance(ManagerParameters.create(codes[0]));
        parts = Arrays.copyOfRange(codes, 1, codes.length);
        if (parts.length > 0 && !manager.getCalendarHierarchy().getChildren().containsKey(parts[0])) {
            throw new IllegalArgumentException(
                    "the region " + region + " is no part of " + codes[0].toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public boolean test(LocalDate day) {
        return years.computeIfAbsent(
                        day.getYear(),
                        year -> manager.getHolidays(Year.of(year), parts).stream()
                                .map(holiday -> holiday.getDate())
                                .collect(Collectors.toUnmodifiableSet()))
                .contains(day);
    }
}
