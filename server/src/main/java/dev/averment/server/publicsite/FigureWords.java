package dev.averment.server.publicsite;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/** Time and figures. */
public interface FigureWords {

    String ago(Duration age);

    String lasting(Duration length);

    /** Like {@link #lasting}, as it stands after "for": "2 h", "seit 2 h". */
    String forTheLast(Duration length);

    String instant(Instant at);

    String day(Instant at);

    String day(LocalDate date);

    /** Day and month, where the year goes without saying. */
    String shortDay(Instant at);

    /** From a day to a day. */
    String period(Instant from, Instant to);

    /** From a moment to a moment. */
    String moments(Instant from, Instant to);

    String days(long count);

    String number(double value, int decimals);
}
