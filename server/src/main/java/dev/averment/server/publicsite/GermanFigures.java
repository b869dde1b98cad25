package dev.averment.server.publicsite;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Time and figures, in German. */
interface GermanFigures extends FigureWords {

    DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d.\u00a0MMMM\u00a0uuuu", Locale.GERMANY);

    DateTimeFormatter SHORT_DAY =
            DateTimeFormatter.ofPattern("d.\u00a0MMM", Locale.GERMANY).withZone(ZoneOffset.UTC);

    DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("d.\u00a0MMM\u00a0uuuu, HH:mm\u00a0'UTC'", Locale.GERMANY)
            .withZone(ZoneOffset.UTC);

    @Override
    default String ago(Duration age) {
        return Spans.isNow(age) ? "gerade eben" : "vor " + dative(age);
    }

    @Override
    default String lasting(Duration length) {
        Spans.Span s = Spans.of(length);
        return s.count() + "\u00a0"
                + switch (s.unit()) {
                    case SECONDS -> "s";
                    case MINUTES -> "min";
                    case HOURS -> "h";
                    default -> s.count() == 1 ? "Tag" : "Tage";
                };
    }

    @Override
    default String forTheLast(Duration length) {
        return "seit " + dative(length);
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
        return day(from) + " bis " + day(to);
    }

    @Override
    default String moments(Instant from, Instant to) {
        return "von " + instant(from) + " bis " + instant(to);
    }

    @Override
    default String days(long count) {
        return count == 1 ? "1\u00a0Tag" : count + "\u00a0Tage";
    }

    @Override
    default String number(double value, int decimals) {
        return String.format(Locale.GERMANY, "%." + decimals + "f", value);
    }

    /** "vor 3 Tagen", "seit 3 Tagen": both take the dative. */
    private String dative(Duration length) {
        String text = lasting(length);
        return text.endsWith("Tage") ? text + "n" : text;
    }

    static String spelled(long count) {
        return switch ((int) Math.min(count, 10)) {
            case 1 -> "eine";
            case 2 -> "zwei";
            case 3 -> "drei";
            case 4 -> "vier";
            case 5 -> "fünf";
            case 6 -> "sechs";
            case 7 -> "sieben";
            case 8 -> "acht";
            case 9 -> "neun";
            default -> Long.toString(count);
        };
    }
}
