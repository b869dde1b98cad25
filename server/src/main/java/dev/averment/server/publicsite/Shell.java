package dev.averment.server.publicsite;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What every document of the site has around its text.
 *
 * @param title       of the browser's tab
 * @param description one sentence for search engines and previews
 * @param links       absent where no page is meant: the style guide, a missing address
 * @param pageTitle   of the security page that this document belongs to
 * @param room        which entry of the navigation is the present one
 * @param languages   this same document in each language; the present one is not linked
 * @param binding     how this language stands to the authoritative one, empty where that says nothing
 */
public record Shell(
        SiteLanguage language,
        String title,
        String description,
        @Nullable Links links,
        String pageTitle,
        String room,
        List<Twin> languages,
        String binding,
        String canonical,
        Instant at,
        StaticFiles files) {

    /** The same document in a language. */
    public record Twin(String tag, String name, String href, boolean present, boolean authoritative) {}

    public Words words() {
        return language.words();
    }
}
