package dev.averment.server.publicsite;

import dev.averment.server.claims.PageState.CheckState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A check of a claim as the site shows it. */
public record CheckView(
        String id,
        String type,
        Mark mark,
        String reason,
        String description,
        List<String> blindSpots,
        Duration every,
        Duration valid,
        List<Setting> with,
        List<Setting> expect,
        int subjects,
        @Nullable Instant observedAt) {

    static CheckView of(CheckState state, Instant now, Words words) {
        var seen = state.observation();
        return new CheckView(
                state.binding().id(),
                state.binding().type(),
                Mark.of(state, now, words),
                state.reason(),
                state.description(),
                state.blindSpots(),
                state.binding().every(),
                state.binding().valid(),
                Setting.flatten(state.binding().with()),
                Setting.flatten(state.binding().expect()),
                seen == null ? 0 : seen.subjects(),
                seen == null ? null : seen.observedAt());
    }
}
