package dev.averment.server.limits;

import java.time.Duration;

/**
 * How often something may happen.
 *
 * @param name   of what is limited, such as {@code sign-in-account}
 * @param count  so many times
 * @param window in any span of this length, at most a day
 */
public record Limit(String name, int count, Duration window) {
    public Limit {
        if (count < 1 || window.compareTo(Duration.ofSeconds(1)) < 0 || window.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "the limit " + name + " needs a count of at least 1 and a window between a second and a day");
        }
    }
}
