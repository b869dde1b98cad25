package dev.averment.claims;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A line that stays on the page for good: on this date, this promise was withdrawn or loosened.
 *
 * @param before the sentence as it read
 * @param after  the sentence as it reads since; null when the claim was withdrawn
 */
public record PermanentLine(
        LocalDate date,
        String claim,
        ClaimChange.Kind kind,
        String before,
        @Nullable String after) {}
