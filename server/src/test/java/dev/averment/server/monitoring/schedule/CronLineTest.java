package dev.averment.server.monitoring.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronLineTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> next(String line, ZoneId zone, String after, int count) throws ScheduleException {
        Schedule schedule = Schedule.of(line, zone);
        List<String> due = new ArrayList<>();
        Instant at = Instant.parse(after);
        for (int i = 0; i < count; i++) {
            at = schedule.next(at).orElseThrow();
            due.add(LocalDateTime.ofInstant(at, zone).toString());
        }
        return due;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/15 * * * *|2026-01-01T00:00:00Z|2026-01-01T00:15,2026-01-01T00:30,2026-01-01T00:45,2026-01-01T01:00",
                "5/20 * * * *|2026-01-01T00:00:00Z|2026-01-01T00:05,2026-01-01T00:25,2026-01-01T00:45,2026-01-01T01:05",
                "0 9-17/4 * * mon-fri|2026-01-02T10:00:00Z|2026-01-02T13:00,2026-01-02T17:00,2026-01-05T09:00",
                "0 0 1 jan,JUL *|2026-01-01T00:00:00Z|2026-07-01T00:00,2027-01-01T00:00",
                "0 0 29 2 *|2026-01-01T00:00:00Z|2028-02-29T00:00,2032-02-29T00:00",
                "0 12 L * *|2026-01-31T12:00:00Z|2026-02-28T12:00,2026-03-31T12:00",
                "0 12 * * 5L|2026-01-01T00:00:00Z|2026-01-30T12:00,2026-02-27T12:00",
                "0 12 * * MON#3|2026-01-01T00:00:00Z|2026-01-19T12:00,2026-02-16T12:00",
                "0 12 * * 0|2026-01-01T00:00:00Z|2026-01-04T12:00,2026-01-11T12:00",
                "0 12 * * 7|2026-01-01T00:00:00Z|2026-01-04T12:00,2026-01-11T12:00",
                "0 12 * * 5-7|2026-01-01T00:00:00Z|2026-01-02T12:00,2026-01-03T12:00,2026-01-04T12:00,2026-01-09T12:00",
                "30 0 12 * * *|2026-01-01T12:00:30Z|2026-01-02T12:00:30",
                "*/20 * * * * *|2026-01-01T00:00:59Z|2026-01-01T00:01,2026-01-01T00:01:20,2026-01-01T00:01:40,2026-01-01T00:02",
                "@hourly|2026-01-01T00:00:00Z|2026-01-01T01:00,2026-01-01T02:00",
                "@weekly|2026-01-01T00:00:00Z|2026-01-04T00:00,2026-01-11T00:00",
                "@yearly|2026-01-01T00:00:00Z|2027-01-01T00:00,2028-01-01T00:00",
            })
    void a_line_is_due_at_these_times(String line, String after, String expected) throws ScheduleException {
        List<String> times = List.of(expected.split(",", -1));
        assertThat(next(line, ZoneOffset.UTC, after, times.size())).isEqualTo(times);
    }

    /** crontab(5): with both days restricted either is enough. */
    @Test
    void with_both_days_restricted_either_is_enough_and_a_star_with_a_step_restricts_nothing()
            throws ScheduleException {
        assertThat(next("0 0 13 * 5", ZoneOffset.UTC, "2026-01-01T00:00:00Z", 4))
                .containsExactly("2026-01-02T00:00", "2026-01-09T00:00", "2026-01-13T00:00", "2026-01-16T00:00");
        assertThat(next("0 0 */2 * 5", ZoneOffset.UTC, "2026-01-01T00:00:00Z", 3))
                .containsExactly("2026-01-09T00:00", "2026-01-23T00:00", "2026-02-13T00:00");
    }

    @Test
    void at_fixed_hours_what_the_spring_leaves_out_is_due_right_after_the_jump_and_once() throws ScheduleException {
        assertThat(next("30 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 3))
                .containsExactly("2026-03-29T03:00", "2026-03-30T02:30", "2026-03-31T02:30");
        assertThat(next("0,20 2 * * *", BERLIN, "2026-03-28T12:00:00Z", 2))
                .containsExactly("2026-03-29T03:00", "2026-03-30T02:00");
    }

    @Test
    void at_fixed_hours_what_the_autumn_shows_twice_is_due_once() throws ScheduleException {
        Schedule schedule = Schedule.of("30 2 * * *", BERLIN);
        Optional<Instant> first = schedule.next(Instant.parse("2026-10-24T12:00:00Z"));
        assertThat(first).contains(Instant.parse("2026-10-25T00:30:00Z"));
        assertThat(schedule.next(first.get())).contains(Instant.parse("2026-10-26T01:30:00Z"));
        // Asked between the two passes, the second is not due either.
        assertThat(schedule.next(Instant.parse("2026-10-25T01:05:00Z")))
                .contains(Instant.parse("2026-10-26T01:30:00Z"));
    }

    @Test
    void every_half_hour_stays_half_an_hour_through_both_jumps() throws ScheduleException {
        Schedule schedule = Schedule.of("*/30 * * * *", BERLIN);
        for (String night : List.of("2026-03-28T22:00:00Z", "2026-10-24T22:00:00Z")) {
            Instant at = Instant.parse(night);
            for (int i = 0; i < 16; i++) {
                Instant next = schedule.next(at).orElseThrow();
                assertThat(Duration.between(at, next)).isEqualTo(Duration.ofMinutes(30));
                at = next;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "60 * * * *|The minute \"60\" is not between 0 and 59",
                "* 24 * * *|The hour \"24\"",
                "* * 0 * *|The day of the month \"0\"",
                "* * * 13 *|The month \"13\"",
                "* * * * 8|The day of the week \"8\"",
                "*/0 * * * *|comes a number from 1",
                "*/ * * * *|comes a number from 1",
                "5-1 * * * *|runs backwards",
                "* * * * fri-mon|runs backwards",
                ", * * * *|The minute",
                "1,,2 * * * *|The minute",
                "? * * * *|The minute \"?\"",
                "-1 * * * *|The minute",
                "1-2-3 * * * *|The minute",
                "* * * * 1#6|number after #",
                "0 0 30 2 *|a day that no month has",
                "@reboot|is no schedule",
                "99999999999999 * * * *|The minute",
                "１ * * * *|The minute",
            })
    void a_wrong_line_is_refused_with_the_field_that_is_wrong(String line, String reason) {
        assertThatThrownBy(() -> Schedule.of(line, ZoneOffset.UTC))
                .isInstanceOf(ScheduleException.class)
                .hasMessageContaining(reason);
    }

    /** Against the plainest reading of the rule: walk minute by minute and look at the clock. */
    @Property(tries = 200)
    void a_line_is_due_just_when_the_clock_shows_its_numbers(
            @ForAll @IntRange(max = 59) int minute,
            @ForAll @IntRange(max = 23) int hour,
            @ForAll @IntRange(min = 1, max = 28) int day,
            @ForAll @IntRange(max = 40_000) int start)
            throws ScheduleException {
        Instant from = Instant.parse("2026-02-01T00:00:00Z").plus(Duration.ofMinutes(start));
        Schedule schedule = Schedule.of(minute + " " + hour + " " + day + " * *", ZoneOffset.UTC);
        Instant walked = from.plus(Duration.ofMinutes(1));
        while (true) {
            LocalDateTime shown = LocalDateTime.ofInstant(walked, ZoneOffset.UTC);
            if (shown.getMinute() == minute && shown.getHour() == hour && shown.getDayOfMonth() == day) {
                break;
            }
            walked = walked.plus(Duration.ofMinutes(1));
        }
        assertThat(schedule.next(from)).contains(walked);
    }

    /** In every zone, times only go forward, and asking again from any moment before gives the same time. */
    @Property(tries = 300)
    void times_go_forward_and_do_not_depend_on_when_one_asks(
            @ForAll @IntRange(max = 600) int zoneNumber,
            @ForAll @IntRange(max = 525_600) int start,
            @ForAll boolean fixed)
            throws ScheduleException {
        List<String> zones = new ArrayList<>(new TreeSet<>(ZoneId.getAvailableZoneIds()));
        ZoneId zone = ZoneId.of(zones.get(zoneNumber % zones.size()));
        Schedule schedule = Schedule.of(fixed ? "15 0,2 * * *" : "15 */2 * * *", zone);
        Instant at = Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofMinutes(start));
        Instant next = schedule.next(at).orElseThrow();
        assertThat(next).isAfter(at);
        Instant between = at.plus(Duration.between(at, next).dividedBy(2));
        assertThat(schedule.next(between)).contains(next);
        assertThat(schedule.next(next.minusNanos(1))).contains(next);
    }
}
