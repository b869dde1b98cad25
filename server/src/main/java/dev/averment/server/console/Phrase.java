package dev.averment.server.console;

import dev.averment.server.publicsite.SiteLanguage;

/** Something that a page says. Both languages stand side by side, so that none can be forgotten. */
public interface Phrase {
    String en();

    String de();

    default String in(SiteLanguage language) {
        return language == SiteLanguage.DE ? de() : en();
    }
}
