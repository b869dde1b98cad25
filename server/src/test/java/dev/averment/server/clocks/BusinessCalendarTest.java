package dev.averment.server.clocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BusinessCalendarTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final BusinessCalendar BAVARIA = BusinessCalendar.of(
            BERLIN,
            weekdays(hours("09:00", "17:00")),
            "DE-BY",
            Set.of(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 31)));

    private static WorkingHours hours(String from, String to) {
        return new WorkingHours(LocalTime.parse(from), LocalTime.parse(to));
    }

    private static Map<DayOfWeek, List<WorkingHours>> weekdays(WorkingHours... hours) {
        Map<DayOfWeek, List<WorkingHours>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.compareTo(DayOfWeek.FRIDAY) <= 0) {
                week.put(day, List.of(hours));
            }
        }
        return week;
    }

    private static Instant berlin(String local) {
        return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        // Good Friday and Easter Monday lie between.
        "2026-04-02T16:00,1bd,2026-04-07T16:00",
        "2026-04-02T16:00,8bh,2026-04-07T16:00",
        "2026-04-02T16:00,4bh,2026-04-07T12:00",
        // Christmas Eve is closed by the company, the two days after it by law.
        "2026-12-23T16:30,1bd,2026-12-28T16:30",
        "2026-12-23T16:30,1bh,2026-12-28T09:30",
        // From outside of the hours one counts from the opening, and a whole day ends with the closing.
        "2026-05-09T12:00,1bd,2026-05-11T17:00",
        "2026-05-11T08:59,1bd,2026-05-11T17:00",
        "2026-05-11T09:00,1bd,2026-05-11T17:00",
        "2026-05-11T09:01,1bd,2026-05-12T09:01",
        "2026-05-11T17:00,1bd,2026-05-12T17:00",
        "2026-05-11T10:00,3bd,2026-05-15T10:00",
        "2026-05-11T10:00,5bd,2026-05-19T10:00",
        // Ascension Day is Thursday 14 May 2026.
        "2026-05-13T10:00,1bd,2026-05-15T10:00",
        // By the clock there is no night and no holiday; in March the wall shows an hour more after it.
        "2026-03-27T18:00,72h,2026-03-30T19:00",
        "2026-10-23T18:00,72h,2026-10-26T17:00",
        "2026-05-09T12:00,4h,2026-05-09T16:00",
        "2026-05-09T12:00,90m,2026-05-09T13:30",
        "2026-05-09T12:00,60s,2026-05-09T12:01",
    })
    void a_term_is_over_then(String start, String term, String due) {
        assertThat(Term.of(term).due(berlin(start), BAVARIA)).isEqualTo(berlin(due));
    }

    @Test
    void holidays_differ_by_region() {
        BusinessCalendar berlin = BusinessCalendar.of(BERLIN, weekdays(hours("09:00", "17:00")), "DE-BE", Set.of());
        LocalDate epiphany = LocalDate.of(2026, 1, 6);
        assertThat(BAVARIA.isWorkingDay(epiphany)).isFalse();
        assertThat(berlin.isWorkingDay(epiphany)).isTrue();
        assertThat(berlin.isWorkingDay(LocalDate.of(2026, 10, 3).minusDays(1))).isTrue();
    }

    @Test
    void a_break_at_noon_is_no_work() {
        BusinessCalendar calendar =
                BusinessCalendar.of(BERLIN, weekdays(hours("13:00", "17:00"), hours("08:00", "12:00")), Set.of());
        assertThat(calendar.plus(berlin("2026-05-11T11:00"), Duration.ofHours(2)))
                .isEqualTo(berlin("2026-05-11T14:00"));
        assertThat(calendar.isOpen(berlin("2026-05-11T12:30"))).isFalse();
        assertThat(calendar.isOpen(berlin("2026-05-11T13:00"))).isTrue();
        assertThat(calendar.isOpen(berlin("2026-05-11T17:00"))).isFalse();
        assertThat(calendar.plusDays(berlin("2026-05-11T14:00"), 1)).isEqualTo(berlin("2026-05-12T14:00"));
    }

    /** A night shift over the jump of the clock in March is three hours, not four. */
    @Test
    void a_shift_over_a_jump_of_the_clock_is_as_long_as_it_really_was() {
        Map<DayOfWeek, List<WorkingHours>> sunday = Map.of(DayOfWeek.SUNDAY, List.of(hours("01:00", "05:00")));
        BusinessCalendar calendar = BusinessCalendar.of(BERLIN, sunday, Set.of());
        assertThat(calendar.between(berlin("2026-03-29T00:00"), berlin("2026-03-29T12:00")))
                .isEqualTo(Duration.ofHours(3));
        assertThat(calendar.between(berlin("2026-10-25T00:00"), berlin("2026-10-25T12:00")))
                .isEqualTo(Duration.ofHours(5));
        BusinessCalendar inTheGap =
                BusinessCalendar.of(BERLIN, Map.of(DayOfWeek.SUNDAY, List.of(hours("02:30", "03:15"))), Set.of());
        assertThat(inTheGap.plus(berlin("2026-03-28T12:00"), Duration.ofMinutes(10)))
                .isEqualTo(berlin("2026-04-05T02:40"));
    }

    @Test
    void around_the_clock_an_hour_of_work_is_an_hour() {
        Map<DayOfWeek, List<WorkingHours>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            week.put(day, List.of(new WorkingHours(LocalTime.MIN, LocalTime.MAX)));
        }
        BusinessCalendar calendar = BusinessCalendar.of(BERLIN, week, Set.of());
        Instant start = berlin("2026-03-27T18:00");
        assertThat(calendar.plus(start, Duration.ofHours(72))).isEqualTo(start.plus(Duration.ofHours(72)));
    }

    @Test
    void a_calendar_in_which_nobody_works_is_refused_or_says_so() {
        assertThatThrownBy(() -> BusinessCalendar.of(BERLIN, Map.of(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one working day");
        Set<LocalDate> always = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            always.add(LocalDate.of(2026, 1, 1).plusDays(i));
        }
        BusinessCalendar closed = BusinessCalendar.of(BERLIN, weekdays(hours("09:00", "17:00")), always);
        assertThatThrownBy(() -> closed.plus(berlin("2026-01-02T10:00"), Duration.ofHours(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "DE-XX", "", "DE-", "Germany"})
    void a_region_without_known_holidays_is_refused(String region) {
        assertThatThrownBy(() -> BusinessCalendar.of(BERLIN, weekdays(hours("09:00", "17:00")), region, Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0h", "-1h", "4", "h", "1.5h", "4 h", "100000d", "4w", "bd", "１h"})
    void a_wrong_term_is_refused(String term) {
        assertThatThrownBy(() -> Term.of(term))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("write 90m");
    }

    @ParameterizedTest
    @CsvSource({"90s,90s", "60s,1m", "90m,90m", "120m,2h", "24h,1d", "30d,30d", "4bh,4bh", "3bd,3bd"})
    void a_term_is_written_in_its_greatest_whole_unit(String term, String text) {
        assertThat(Term.of(term).text()).isEqualTo(text);
        assertThat(Term.of(text)).isEqualTo(Term.of(term));
    }

    /** In every zone and over both jumps: work counted forward is the work that lies between. */
    @Property(tries = 500)
    void what_plus_adds_is_what_between_counts(
            @ForAll @IntRange(max = 600) int zoneNumber,
            @ForAll @IntRange(max = 1_000_000) int minute,
            @ForAll @IntRange(max = 20_000) int working) {
        List<String> zones = new ArrayList<>(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        ZoneId zone = ZoneId.of(zones.get(zoneNumber % zones.size()));
        BusinessCalendar calendar =
                BusinessCalendar.of(zone, weekdays(hours("00:30", "03:15"), hours("09:00", "17:00")), Set.of());
        Instant start = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minute));
        Instant end = calendar.plus(start, Duration.ofMinutes(working));
        assertThat(calendar.between(start, end)).isEqualTo(Duration.ofMinutes(working));
        assertThat(end).isAfterOrEqualTo(start);
    }

    /** Who starts later is never due earlier. */
    @Property(tries = 500)
    void terms_keep_their_order(
            @ForAll @IntRange(max = 500_000) int minute,
            @ForAll @IntRange(max = 5_000) int later,
            @ForAll @IntRange(min = 1, max = 20) int count) {
        Instant start = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(minute));
        Instant next = start.plus(Duration.ofMinutes(later));
        for (Term term : List.of(new Term.BusinessDays(count), new Term.BusinessHours(count))) {
            assertThat(term.due(next, BAVARIA)).isAfterOrEqualTo(term.due(start, BAVARIA));
        }
    }
}
