package dev.averment.claims;

import org.jspecify.annotations.Nullable;

/**
 * One figure that moved.
 *
 * @param name   the parameter, or the path of the expectation or policy value when no parameter carries it
 * @param before null when it is new
 * @param after  null when it is gone
 */
public record FigureChange(
        String name, @Nullable String before, @Nullable String after, Direction direction) {}
