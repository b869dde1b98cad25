package dev.averment.checks;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One kind of check; each lives in a package of its own with its fixtures, and is found through
 * {@link java.util.ServiceLoader}.
 */
public interface CheckType {

    /** As page files write it, such as {@code tls-versions}. */
    String name();

    /** One sentence for the page: what this looks at. */
    String description();

    /** Settings a binding may give under {@code with} and {@code expect}: anything else is refused when the page loads. */
    Settings settings();

    /** What a pass does not show, a sentence each; printed beside every claim that uses this type. */
    List<String> blindSpots();

    Collector collector();

    Judge judge();

    /** Facts that meet {@code expect}, at {@code now}: the ground on which a page's self-tests alter one thing. */
    Facts passingExample(Map<String, Object> expect, Instant now);
}
