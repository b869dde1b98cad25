package dev.averment.server.publicsite;

import dev.averment.checks.CheckTexts;
import dev.averment.checks.load.CheckTypes;
import dev.averment.server.claims.PageState.CheckState;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What a check says of itself in a reader's language; read from its files once. */
final class CheckWords {
    private static final CheckTypes TYPES = CheckTypes.installed();
    private static final ConcurrentMap<Key, CheckTexts> TEXTS = new ConcurrentHashMap<>();

    private record Key(String type, SiteLanguage language) {}

    private CheckWords() {}

    /** In {@code language} where the type has words in it; a type that is only announced, or not of this build, speaks English. */
    static CheckTexts of(CheckState state, SiteLanguage language) {
        String name = state.binding().type();
        if (TYPES.find(name) instanceof CheckTypes.Built built
                && built.type().description().equals(state.description())) {
            return TEXTS.computeIfAbsent(new Key(name, language), key -> CheckTexts.of(built.type(), language.tag()));
        }
        return new CheckTexts(SiteLanguage.EN.tag(), state.description(), state.blindSpots());
    }
}
