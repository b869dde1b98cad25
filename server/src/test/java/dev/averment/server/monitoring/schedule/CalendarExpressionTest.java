package dev.averment.server.monitoring.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarExpressionTest {

    static Stream<String> answersOfSystemd() throws IOException {
        try (InputStream file =
                CalendarExpressionTest.class.getResourceAsStream("/monitoring/calendar-expressions.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(l -> !l.startsWith("# ")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("answersOfSystemd")
    void an_expression_is_due_when_systemd_would_start_its_timer(String line) throws ScheduleException {
        String[] columns = line.split("\t", -1);
        Schedule schedule = Schedule.of(columns[0], ZoneId.of(columns[1]));
        List<String> due = new ArrayList<>();
        Optional<Instant> next = schedule.next(Instant.parse(columns[2]));
        while (next.isPresent() && due.size() < 3) {
            due.add(next.get().toString());
            next = schedule.next(next.get());
        }
        assertThat(String.join(",", due)).isEqualTo(columns[3]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*-*/2-*|the month",
                "*:*/20|minute",
                "Mon Tue 10:00|is no schedule",
                "*:60|between 0 and 59",
                "24:00|between 0 and 23",
                "*-13-01|between 1 and 12",
                "*-*-00|between 1 and 31",
                "12|its date is written",
                "*-*-* 10:00 Foo/Bar|neither a time nor a zone",
                "Sat..Mon|run backwards",
                "10/3..5:00|step",
                "*-*-1~3|is no schedule",
                "*-02-30|a day that no month has",
                "somedays|is no weekday",
                "*-*-* 10:00:00:00|its time is written",
                "*-*-* 10-00|its time is written",
                "2200-01-01|between 1970 and 2199",
                "1:00 2:00|is left over",
            })
    void what_systemd_refuses_is_refused_with_the_reason(String expression, String reason) {
        assertThatThrownBy(() -> Schedule.of(expression, ZoneOffset.UTC))
                .isInstanceOf(ScheduleException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void an_expression_whose_years_are_over_is_due_no_more() throws ScheduleException {
        Schedule schedule = Schedule.of("2020-01-01", ZoneOffset.UTC);
        assertThat(schedule.next(Instant.parse("2019-06-01T00:00:00Z")))
                .contains(Instant.parse("2020-01-01T00:00:00Z"));
        assertThat(schedule.next(Instant.parse("2020-01-01T00:00:00Z"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "                                                                                                      x"
            })
    void an_expression_has_a_length(String expression) {
        assertThatThrownBy(() -> Schedule.of(expression, ZoneOffset.UTC)).isInstanceOf(ScheduleException.class);
    }
}
