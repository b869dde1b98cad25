package dev.averment.checks;

import java.util.Map;

/**
 * One thing that was looked at: a table, a route, an endpoint, a register entry.
 *
 * @param name  how the page names it
 * @param facts what was seen of it: JSON values only (String, Long, Boolean, List, Map), instants and durations as
 *              ISO 8601 text
 */
public record Subject(String name, Map<String, Object> facts) {
    public Subject {
        facts = Map.copyOf(facts);
    }
}
