package dev.averment.server.api;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a list goes on: the id of the last thing that the caller has seen, as {@code next} named it. */
final class Cursor {
    /** Things in one answer. */
    static final int PAGE = 100;

    private Cursor() {}

    /** A number; empty for whatever is none. */
    static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The id after which to go on; the last of all when there is none. */
    static UUID after(@Nullable String text) {
        try {
            return text == null ? new UUID(-1, -1) : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return new UUID(-1, -1);
        }
    }
}
