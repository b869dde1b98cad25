package dev.averment.server.console.flow;

import dev.averment.server.publicsite.Words;
import java.time.Duration;
import java.util.Locale;

/** Figures of runs, as short as they can be read. */
public final class Figures {
    private static final String[] BYTES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private final Words words;

    Figures(Words words) {
        this.words = words;
    }

    /** Milliseconds below a second, tenths of a second below a minute, then whole units. */
    public String duration(Duration length) {
        if (length.toMillis() < 1000) {
            return length.toMillis() + "\u00a0ms";
        }
        return length.toSeconds() < 60
                ? words.number(length.toMillis() / 1000.0, 1) + "\u00a0s"
                : words.lasting(length);
    }

    String millis(double millis) {
        return duration(Duration.ofMillis(Math.round(millis)));
    }

    String bytes(double bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < BYTES.length - 1) {
            value /= 1024;
            unit++;
        }
        return words.number(value, unit == 0 || value >= 100 ? 0 : 1) + "\u00a0" + BYTES[unit];
    }

    String count(double count) {
        return words.number(count, count == Math.rint(count) || count >= 100 ? 0 : 1);
    }

    String rate(double perSecond) {
        return count(perSecond) + "/s";
    }

    /** A time span as a form takes it: 90s, 15m, 2h, 3d. */
    static String written(Duration span) {
        long seconds = span.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /**
     * Reads what {@link #written} writes.
     *
     * @return null when it is no time span
     */
    static @org.jspecify.annotations.Nullable Duration span(String text) {
        var form = java.util.regex.Pattern.compile("(\\d{1,8})\\s?(s|m|min|h|d)")
                .matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return null;
        }
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m", "min" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
