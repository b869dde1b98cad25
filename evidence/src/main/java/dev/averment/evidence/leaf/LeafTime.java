package dev.averment.evidence.leaf;

import dev.averment.evidence.json.JsonException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** The one spelling of a time in signed bytes: {@code 2026-11-22T13:15:17.000000Z}, always UTC, always six digits. */
public final class LeafTime {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private LeafTime() {}

    /** Cuts to microseconds, which is what PostgreSQL keeps. */
    public static String format(Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 0 || year > 9999) {
            throw new IllegalArgumentException("a time outside the years 0000 to 9999: " + time);
        }
        return FORM.format(time.truncatedTo(ChronoUnit.MICROS));
    }

    public static Instant parse(String text) throws JsonException {
        try {
            if (text.length() == 27) {
                Instant time = Instant.parse(text);
                if (format(time).equals(text)) {
                    return time;
                }
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // falls through to the refusal below
        }
        throw new JsonException("a time is written 2026-01-31T23:59:59.000000Z");
    }
}
