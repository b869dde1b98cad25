package dev.averment.server.publicsite;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Time and figures, in English. */
interface EnglishFigures extends FigureWords {

    DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d\u00a0MMMM\u00a0uuuu", Locale.UK);

    DateTimeFormatter SHORT_DAY =
            DateTimeFormatter.ofPattern("d\u00a0MMM", Locale.UK).withZone(ZoneOffset.UTC);

    DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("d\u00a0MMM\u00a0uuuu, HH:mm\u00a0'UTC'", Locale.UK)
            .withZone(ZoneOffset.UTC);

    @Override
    default String ago(Duration age) {
        return Spans.isNow(age) ? "just now" : lasting(age) + " ago";
    }

    @Override
    default String lasting(Duration length) {
        Spans.Span s = Spans.of(length);
        return s.count() + "\u00a0"
                + switch (s.unit()) {
                    case SECONDS -> "s";
                    case MINUTES -> "min";
                    case HOURS -> "h";
                    default -> s.count() == 1 ? "day" : "days";
                };
    }

    @Override
    default String forTheLast(Duration length) {
        return "for " + lasting(length);
    }

    @Override
    default String instant(Instant at) {
        return INSTANT.format(at);
    }

    @Override
    default String day(Instant at) {
        return DAY.format(at.atOffset(ZoneOffset.UTC));
    }

    @Override
    default String day(LocalDate date) {
        return DAY.format(date);
    }

    @Override
    default String shortDay(Instant at) {
        return SHORT_DAY.format(at);
    }

    @Override
    default String period(Instant from, Instant to) {
        return day(from) + " to " + day(to);
    }

    @Override
    default String moments(Instant from, Instant to) {
        return "from " + instant(from) + " to " + instant(to);
    }

    @Override
    default String days(long count) {
        return count == 1 ? "1\u00a0day" : count + "\u00a0days";
    }

    @Override
    default String number(double value, int decimals) {
        return String.format(Locale.UK, "%." + decimals + "f", value);
    }

    static String spelled(long count) {
        return switch ((int) Math.min(count, 10)) {
            case 1 -> "one";
            case 2 -> "two";
            case 3 -> "three";
            case 4 -> "four";
            case 5 -> "five";
            case 6 -> "six";
            case 7 -> "seven";
            case 8 -> "eight";
            case 9 -> "nine";
            default -> Long.toString(count);
        };
    }
}
