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

    String days(long count);

    String number(double value, int decimals);
}
