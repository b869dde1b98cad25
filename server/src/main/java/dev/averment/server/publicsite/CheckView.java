package dev.averment.server.publicsite;

import dev.averment.server.claims.PageState.CheckState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check of a claim as the site shows it.
 *
 * @param lang language of {@code description} and {@code blindSpots}
 */
public record CheckView(
        String id,
        String type,
        Mark mark,
        String reason,
        String lang,
        String description,
        List<String> blindSpots,
        Duration every,
        Duration valid,
        List<Setting> with,
        List<Setting> expect,
        int subjects,
        @Nullable Instant observedAt) {

    static CheckView of(CheckState state, Instant now, SiteLanguage language) {
        var seen = state.observation();
        var texts = CheckWords.of(state, language);
        return new CheckView(
                state.binding().id(),
                state.binding().type(),
                Mark.of(state, now, language.words()),
                state.reason(),
                texts.language(),
                texts.description(),
                texts.blindSpots(),
                state.binding().every(),
                state.binding().valid(),
                Setting.flatten(state.binding().with()),
                Setting.flatten(state.binding().expect()),
                seen == null ? 0 : seen.subjects(),
                seen == null ? null : seen.observedAt());
    }
}
